using DoorbellFace.Terminal;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>A data set that is divided on the disk: root/train/Anna/1.png, root/val and root/test alike, each a torchvision ImageFolder.</summary>
internal static class SplitFolder
{
    private static readonly Dictionary<Split, string> Names = new() { [Split.Train] = "train", [Split.Validation] = "val", [Split.Test] = "test" };

    /// <summary>A part's folder name, as torchvision's examples have it.</summary>
    public static string NameOf(Split part) => Names[part];

    /// <summary>Whether a folder has all three parts.</summary>
    public static bool Is(string root) => Names.Values.All(name => Directory.Exists(Path.Combine(root, name)));

    /// <summary>Everyone in it, with the pictures of all parts.</summary>
    /// <exception cref="UserErrorException">Not everyone is in every part, or a picture is in two.</exception>
    public static IReadOnlyList<PersonFolder> Scan(string root)
    {
        var people = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (PersonFolder person in Names.Values.SelectMany(name => ImageFolder.Scan(Path.Combine(root, name))))
        {
            if (!people.TryGetValue(person.Name, out List<string>? files)) people.Add(person.Name, files = []);
            files.AddRange(person.Files);
        }
        foreach ((string name, List<string> files) in people)
        {
            if (Names.Keys.Where(part => files.TrueForAll(file => PartOf(file) != part)).Select(NameOf).FirstOrDefault() is { } missing)
                throw new UserErrorException($"'{name}' has no picture in '{Path.Combine(root, missing)}'; everyone needs one at least in train, val and test.");
            if (files.CountBy(file => Path.GetFileName(file)).FirstOrDefault(file => file.Value > 1).Key is { } twice)
                throw new UserErrorException($"The picture '{twice}' of '{name}' is in two parts of '{root}': what is learnt from must not be measured with.");
        }
        return [.. people.Select(person => new PersonFolder(person.Key, person.Value))];
    }

    /// <summary>The part that a picture lies in.</summary>
    public static Split PartOf(string picture)
    {
        string part = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(picture)!)!);
        return Names.First(entry => entry.Value == part).Key;
    }
}
