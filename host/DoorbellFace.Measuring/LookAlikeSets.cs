using System.Security.Cryptography;
using System.Text;
using DoorbellFace.Application;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>Which of the web strangers come: those that settings may be chosen with, or those that are only ever reported.</summary>
public enum WebPart
{
    /// <summary>May be looked at while choosing.</summary>
    Look,

    /// <summary>Must not be looked at while choosing.</summary>
    Blind,
}

/// <summary>
/// The households of the look-alike benchmark, made of the measuring photos. Nobody in them was learnt from: family and strangers are on
/// the lists under splits, or of sets that pre-training does not use.
/// </summary>
public static class LookAlikeSets
{
    /// <summary>Photos that count of each person of LFW-15, and of the sets with many photos of few people.</summary>
    private const int LfwPhotos = 50, SeriesPhotos = 60;

    /// <summary>Photos of each LFW person who comes to another household as a stranger.</summary>
    private const int VisitorPhotos = 10;

    private const int CelebritiesLookAlikes = 100;

    /// <summary>All sets that can be made of a data folder.</summary>
    /// <param name="data">The folder with lfw, glint20, imfdb8, fivecelebs, webfaces and splits.</param>
    /// <param name="part">Which half of the web strangers.</param>
    /// <exception cref="DoorbellException">A list is missing, or there is no set at all.</exception>
    public static IReadOnlyList<LookAlikeSet> In(string data, WebPart part)
    {
        string lfw = Path.Combine(data, "lfw", "images");
        PersonPhotos[] family = [.. Listed(data, "family15.txt", lfw, LfwPhotos)],
            strangers = [.. Listed(data, "strangers1000.txt", lfw, 1)];
        PersonPhotos[] visitors = [.. family.Select(person => person with { Photos = [.. person.Photos.Take(VisitorPhotos)] })];
        PersonPhotos[] actors = [.. Listed(data, "glint-benchmark6.txt", Path.Combine(data, "glint20"), SeriesPhotos)],
            web = [.. Web(data, part)];
        string partName = part.ToString().ToLowerInvariant();
        LookAlikeSet[] sets =
        [
            new("lfw15", family, strangers, LeaveOneOut: false),
            // LFW's much photographed are nearly all men. Of these six actors four are women.
            new($"lfw15-web-{partName}", family, web, LeaveOneOut: false),
            new($"glint6-web-{partName}", actors, web, LeaveOneOut: false),
            new("glint6", actors, visitors, LeaveOneOut: true),
            new("imfdb8", [.. Films(data)], visitors, LeaveOneOut: true),
            new("fivecelebs", [.. Celebrities(data)], strangers, LeaveOneOut: true) { NearestStrangers = CelebritiesLookAlikes },
        ];
        LookAlikeSet[] whole = [.. sets.Where(set => set.People.Count > 1 && set.Strangers.Count > 0)];
        return whole.Length > 0
            ? whole
            : throw new DoorbellException(ErrorKind.NotFound,
                $"None of the sets of the look-alike benchmark is in '{data}'. Expected lfw/images, glint20, imfdb8, fivecelebs or "
                + $"webfaces.");
    }

    /// <summary>
    /// Which part a web photo belongs to: by the first byte of its file name's SHA-256, even or odd. A rule and no list, so that nobody can
    /// choose.
    /// </summary>
    public static WebPart PartOf(string fileName) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(fileName))[0] % 2 == 0 ? WebPart.Look : WebPart.Blind;

    /// <summary>People of LFW who stand on no list, one photo each: what the teacher's own stranger bank is made of.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="count">At most so many, evenly spread over the alphabet.</param>
    public static IReadOnlyList<string> BankPhotos(string data, int count)
    {
        HashSet<string> listed =
            [.. ((string[])["family15.txt", "strangers1000.txt", "glint-benchmark6.txt"]).SelectMany(list => Names(data, list))];
        string root = Path.Combine(data, "lfw", "images");
        if (!Directory.Exists(root)) return [];
        string[] folders =
            [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
                .Where(folder => !listed.Contains(Path.GetFileName(folder)))];
        int apart = Math.Max(1, folders.Length / count);
        return [.. folders.Where((_, i) => i % apart == 0).Take(count).Select(folder => PhotosIn(folder)[0])];
    }

    private static string[] Names(string data, string list)
    {
        string path = Path.Combine(data, "splits", list);
        if (!File.Exists(path))
            throw new DoorbellException(ErrorKind.NotFound,
                $"There is no list '{path}'. The look-alike benchmark takes its people from the lists under splits.");
        return [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    private static IEnumerable<PersonPhotos> Listed(string data, string list, string root, int most) =>
        from name in Names(data, list)
        let folder = Path.Combine(root, name)
        where Directory.Exists(folder)
        select new PersonPhotos(name, [.. PhotosIn(folder).Take(most)]);

    private static IEnumerable<PersonPhotos> Web(string data, WebPart part) =>
        PhotosIn(Path.Combine(data, "webfaces")).Where(photo => PartOf(Path.GetFileName(photo)) == part)
            .Select(photo => new PersonPhotos(Path.GetFileNameWithoutExtension(photo), [photo]));

    /// <summary>The name is the part of the file name before the underscore.</summary>
    private static IEnumerable<PersonPhotos> Films(string data) =>
        PhotosIn(Path.Combine(data, "imfdb8")).GroupBy(photo => Path.GetFileName(photo).Split('_')[0])
            .Select(person => new PersonPhotos(person.Key, [.. person.Take(SeriesPhotos)]));

    private static IEnumerable<PersonPhotos> Celebrities(string data) =>
        from part in (string[])["train", "val"]
        let root = Path.Combine(data, "fivecelebs", part)
        where Directory.Exists(root)
        from folder in Directory.EnumerateDirectories(root)
        from photo in PhotosIn(folder)
        group photo by Path.GetFileName(folder) into person
        orderby person.Key
        select new PersonPhotos(person.Key, [.. person.Order(StringComparer.Ordinal)]);

    private static string[] PhotosIn(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal)]
            : [];
}
