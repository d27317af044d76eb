using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>How many pictures of a person came into each part.</summary>
/// <param name="Person">Who.</param>
/// <param name="Train">Pictures to learn from.</param>
/// <param name="Val">To choose with.</param>
/// <param name="Test">To measure with.</param>
/// <param name="KeptTogether">Pictures that have another one of the same moment, with which they stayed on one side.</param>
internal sealed record PersonSplit(string Person, int Train, int Val, int Test, int KeptTogether);

/// <summary>Divides a folder of faces on the disk. The faces are only read; what is made is links to them, or copies.</summary>
internal sealed class FolderSplitter
{
    /// <summary>Says beside the parts how they were made.</summary>
    public const string RecordFile = "split.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    private readonly string _output;
    private readonly IReadOnlyList<PersonFolder> _people;

    /// <summary>Looks at the folders.</summary>
    /// <param name="faces">Folder with a folder for each person.</param>
    /// <param name="output">Where the parts go; a new or empty folder.</param>
    /// <param name="without">Pictures, by full path, that are left out.</param>
    /// <exception cref="UserErrorException">There is nobody, or the place for the parts holds something.</exception>
    public FolderSplitter(string faces, string output, IReadOnlySet<string>? without = null)
    {
        _people =
            [.. ImageFolder.Scan(faces).Select(person =>
                person with { Files = [.. person.Files.Where(file => without?.Contains(file) != true)] })];
        _output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(faces));
        if (_output == root || _output.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new UserErrorException(
                $"OUT ('{output}') must lie outside of FACES ('{faces}'), where it would be taken for a person. Choose another folder for "
                + $"OUT.");
        if (File.Exists(_output) || (Directory.Exists(_output) && Directory.EnumerateFileSystemEntries(_output).Any()))
            throw new UserErrorException(
                $"'{output}' is there already and holds something. Choose a new folder for OUT, so that no earlier division is mixed with "
                + $"this one.");
    }

    /// <summary>Pictures that will be looked at.</summary>
    public int Pictures => _people.Sum(person => person.Files.Count);

    /// <summary>Divides everyone's pictures 60/20/20 and makes the folders, whole or not at all.</summary>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="copy">Make copies in place of links.</param>
    /// <param name="onPicture">Called after each picture.</param>
    /// <exception cref="UserErrorException">Somebody has too few pictures.</exception>
    public IReadOnlyList<PersonSplit> Run(int seed, bool copy, Action onPicture)
    {
        string fresh = $"{_output}.new-{Environment.ProcessId}";
        try
        {
            PersonSplit[] made = [.. _people.Select(person => Divide(person, fresh, seed, copy, onPicture))];
            File.WriteAllText(Path.Combine(fresh, RecordFile),
                JsonSerializer.Serialize(new { seed, copied = copy, people = made }, Json) + "\n");
            if (Directory.Exists(_output)) Directory.Delete(_output);
            Directory.Move(fresh, _output);
            return made;
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    private static PersonSplit Divide(PersonFolder person, string root, int seed, bool copy, Action onPicture)
    {
        List<List<string>> groups = Moments(person, onPicture);
        if (groups.Count < DatasetSplit.MinCrops)
            throw new UserErrorException(
                $"'{person.Name}' has pictures of {groups.Count} moment{(groups.Count == 1 ? "" : "s")} ({person.Files.Count} files); at "
                + $"least {DatasetSplit.MinCrops} are needed, one each to learn from, to choose with and to measure with. Add pictures or "
                + $"take the folder out.");
        IReadOnlyDictionary<string, Split> split = DatasetSplit.AssignGroups(person.Name, groups, seed);
        foreach ((string file, Split part) in split)
        {
            string target = Path.Combine(root, SplitFolder.NameOf(part), person.Name, person.KeyOf(file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (copy) File.Copy(file, target);
            else Link(target, file);
        }
        int Count(Split part) => split.Values.Count(value => value == part);
        return new PersonSplit(person.Name, Count(Split.Train), Count(Split.Validation), Count(Split.Test),
            groups.Where(group => group.Count > 1).Sum(group => group.Count));
    }

    /// <summary>Pictures of one moment, directly or by way of others between them, form a group.</summary>
    private static List<List<string>> Moments(PersonFolder person, Action onPicture)
    {
        var groups = new List<List<(string File, PictureHash Hash)>>();
        foreach (string file in person.Files)
        {
            PictureReading reading = PictureFile.TryRead(file);
            onPicture();
            // What cannot be read stays by itself; the training names it.
            (string File, PictureHash Hash) picture = (file, reading.Succeeded ? PictureHash.Of(reading.Picture) : default);
            var near = reading.Succeeded
                ? groups.Where(group => group.Exists(other => other.Hash.DistanceTo(picture.Hash) <= PictureHash.SameMoment)).ToList()
                : [];
            groups.RemoveAll(near.Contains);
            groups.Add([.. near.SelectMany(group => group), picture]);
        }
        return [.. groups.Select(group => group.Select(picture => picture.File).ToList())];
    }

    private static void Link(string target, string file)
    {
        try
        {
            File.CreateSymbolicLink(target, Path.GetFullPath(file));
        }
        catch (IOException)
        {
            // Memory cards and some network folders know no links.
            File.Copy(file, target);
        }
    }
}
