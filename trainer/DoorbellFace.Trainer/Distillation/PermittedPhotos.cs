using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>A photo that the backbone may learn from.</summary>
/// <param name="Path">Relative to the data folder, with forward slashes.</param>
/// <param name="Person">Who is on it, as the data set names them; null where the set has no names.</param>
internal sealed record PermittedPhoto(string Path, string? Person);

/// <summary>
/// Which photos of the data folder the backbone may learn from: all of utkface, and everyone of LFW and glint20 whose name stands in none
/// of the lists under splits/. Who stands there is measured with, and an accuracy measured on people the network has seen is worthless. A
/// name on a list is left out of every set, whichever set the list was made for.
/// </summary>
internal static class PermittedPhotos
{
    private static readonly string[] Lists = ["family15.txt", "strangers1000.txt", "glint-benchmark6.txt"];

    /// <summary>The names on the lists.</summary>
    /// <exception cref="UserErrorException">A list is missing.</exception>
    public static HashSet<string> HeldBack(string data) =>
        [.. Lists.SelectMany(list => ReadList(Path.Combine(data, "splits", list)))];

    /// <summary>All permitted photos, in ordinal order.</summary>
    /// <param name="data">The data folder, with utkface, lfw/images, glint20 and splits in it.</param>
    /// <exception cref="UserErrorException">A list or every set is missing.</exception>
    public static IReadOnlyList<PermittedPhoto> In(string data)
    {
        HashSet<string> heldBack = HeldBack(data);
        PermittedPhoto[] photos =
        [
            .. Named(data, "glint20", heldBack),
            .. Named(data, Path.Combine("lfw", "images"), heldBack),
            .. Pictures(Path.Combine(data, "utkface")).Select(path => new PermittedPhoto(Relative(data, path), null)),
        ];
        return photos.Length > 0
            ? photos
            : throw new UserErrorException(
                $"There are no photos to learn from in '{data}'. "
                + "Expected utkface/*.webp, lfw/images/PERSON/*.jpg or glint20/PERSON/*.jpg.");
    }

    private static IEnumerable<PermittedPhoto> Named(string data, string set, HashSet<string> heldBack)
    {
        string root = Path.Combine(data, set);
        if (!Directory.Exists(root)) return [];
        return
            from folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            let person = Path.GetFileName(folder)
            where !heldBack.Contains(person)
            from path in Pictures(folder)
            select new PermittedPhoto(Relative(data, path), person);
    }

    private static IEnumerable<string> Pictures(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal)
            : [];

    private static string Relative(string data, string path) => Path.GetRelativePath(data, path).Replace('\\', '/');

    private static IEnumerable<string> ReadList(string path) => File.Exists(path)
        ? File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)
        : throw new UserErrorException($"There is no list '{path}'. Without it nobody knows whom the backbone must not learn from.");
}
