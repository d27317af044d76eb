using System.Security.Cryptography;
using System.Text;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>Reads the folders into a <see cref="FaceDataset"/>. Nothing in them is changed.</summary>
internal sealed class FaceDatasetReader
{
    private readonly bool _gray;
    private readonly int _seed;
    private readonly List<LabelledCrop> _crops = [];
    private readonly List<SkippedFile> _skipped = [];
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly CropAligner? _aligner;

    private FaceDatasetReader(bool gray, int seed, CropAligner? aligner)
    {
        _gray = gray;
        _seed = seed;
        _aligner = aligner;
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="people">Folder with a folder for each person, or one that is divided already (<see cref="SplitFolder"/>).</param>
    /// <param name="strangers">Folder with pictures of people who are nobody's family; null for none.</param>
    /// <param name="gray">Keep luma only, as the network will see it.</param>
    /// <param name="seed">Decides the split where there is none.</param>
    /// <param name="onFile">Called after each file with the number done and the number there is.</param>
    /// <param name="aligner">Aligns each crop's face, and leaves out crops without one; null: crops are taken as they are.</param>
    /// <exception cref="UserErrorException">A folder is missing or empty, or somebody has too few readable pictures.</exception>
    public static FaceDataset Read(string people, string? strangers, bool gray, int seed, Action<int, int>? onFile = null,
        CropAligner? aligner = null)
    {
        bool isDivided = SplitFolder.Is(people);
        var reader = new FaceDatasetReader(gray, seed, aligner);
        IReadOnlyList<PersonFolder> persons = isDivided
            ? SplitFolder.Scan(people, reader._skipped)
            : ImageFolder.Scan(people, reader._skipped);
        IReadOnlyList<PersonFolder> others = strangers is null ? [] : ImageFolder.ScanStrangers(strangers, reader._skipped);
        if (others.Count > 0 && persons.Any(person => person.Name == FaceDataset.StrangersLabel))
            throw new UserErrorException(
                $"'{people}' has a folder named '{FaceDataset.StrangersLabel}', which is what strangers are called. Rename it, or give it "
                + $"as --strangers.");

        int done = 0, total = persons.Concat(others).Sum(person => person.Files.Count);
        void CountFile() => onFile?.Invoke(++done, total);
        for (int label = 0; label < persons.Count; label++) reader.AddPerson(persons[label], label, isDivided ? people : null, CountFile);
        if (others.Count > 0) reader.AddStrangers(strangers!, others, persons.Count, CountFile);

        string[] labels =
            [.. persons.Select(person => person.Name), .. others.Count > 0 ? [FaceDataset.StrangersLabel] : Array.Empty<string>()];
        var counts =
            labels.Select((label, index) => KeyValuePair.Create(label, reader._crops.Count(crop => crop.Label == index))).ToDictionary();
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(people)));
        var description = new DatasetDescription(name, reader.Hash(), counts);
        return new FaceDataset(labels, others.Count > 0 ? FaceDataset.StrangersLabel : null, reader._crops, description, reader._skipped);
    }

    private void AddPerson(PersonFolder person, int label, string? divided, Action onFile)
    {
        Dictionary<string, PixelBuffer> pictures = ReadAll(person, $"people/{person.Name}", onFile);
        if (pictures.Count < DatasetSplit.MinCrops)
        {
            int unreadable = person.Files.Count - pictures.Count;
            throw new UserErrorException(
                $"'{person.Name}' has {pictures.Count} usable picture{(pictures.Count == 1 ? "" : "s")}"
                + (unreadable > 0 ? $" ({unreadable} could not be read: {_skipped[^1].Reason})" : "")
                + $"; at least {DatasetSplit.MinCrops} are needed, one each to learn from, to choose with and to measure with (10 or more "
                + $"are better). Add pictures or take the folder out.");
        }
        IReadOnlyDictionary<string, Split> split = divided is not null
            ? person.Files.ToDictionary(person.KeyOf, file => SplitFolder.PartOf(divided, file))
            : DatasetSplit.Assign(person.Name, pictures.Keys, _seed);
        _crops.AddRange(pictures.Select(picture => new LabelledCrop(label, split[picture.Key], picture.Value)));
    }

    /// <summary>Strangers are divided by person: those that measure were never seen in training, as at the door.</summary>
    private void AddStrangers(string root, IReadOnlyList<PersonFolder> strangers, int label, Action onFile)
    {
        var pictures =
            strangers.ToDictionary(stranger => stranger.Name, stranger => ReadAll(stranger, $"strangers/{stranger.Name}", onFile));
        string[] readable = [.. pictures.Where(entry => entry.Value.Count > 0).Select(entry => entry.Key)];
        if (readable.Length < DatasetSplit.MinCrops)
            throw new UserErrorException(
                $"'{root}' has usable pictures of {readable.Length} strangers; at least {DatasetSplit.MinCrops} are needed (100 or more "
                + $"are better).");
        IReadOnlyDictionary<string, Split> split = DatasetSplit.Assign(FaceDataset.StrangersLabel, readable, _seed);
        foreach (string name in readable)
            _crops.AddRange(pictures[name].Values.Select(picture => new LabelledCrop(label, split[name], picture)));
    }

    private Dictionary<string, PixelBuffer> ReadAll(PersonFolder person, string hashPrefix, Action onFile)
    {
        var pictures = new Dictionary<string, PixelBuffer>(StringComparer.Ordinal);
        foreach (string path in person.Files)
        {
            PictureReading reading = PictureFile.TryRead(path);
            if (reading.Succeeded && Normalize(reading.Picture) is { } normalized)
            {
                pictures.Add(person.KeyOf(path), normalized);
                _hashes.Add($"{hashPrefix}/{person.KeyOf(path)}", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
            }
            else
            {
                _skipped.Add(new SkippedFile(path, reading.Succeeded
                    ? $"{path} shows no face whose eyes, nose and mouth could be found."
                    : reading.Reason));
            }
            onFile();
        }
        return pictures;
    }

    /// <summary>The middle square, no larger than needed, in the network's colours.</summary>
    private PixelBuffer? Normalize(PixelBuffer picture)
    {
        if (_aligner is not null) return _aligner.Align(picture);
        PixelBuffer converted = _gray ? PixelConversion.ToGray8(picture) : picture;
        int square = Math.Min(picture.Width, picture.Height), edge = Math.Min(square, FaceDataset.CropEdgePixels);
        if (picture.Width == edge && picture.Height == edge) return converted;
        var map = AffineTransform.TargetToSource(edge, edge, picture.Width / 2f, picture.Height / 2f, (float)square / edge, Rotation.None);
        return AffineSampler.Sample(converted, map, edge, edge);
    }

    /// <summary>SHA-256 over the sorted list of names and file hashes.</summary>
    private string Hash()
    {
        string list = string.Concat(_hashes.Select(entry => $"{entry.Key}\0{entry.Value}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
    }
}
