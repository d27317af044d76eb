using DoorbellFace.Terminal;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// A data set that is divided on the disk: root/train/Anna/1.png, root/val and root/test alike, each a torchvision ImageFolder.
/// </summary>
internal static class SplitFolder
{
    private static readonly Dictionary<Split, string> Names =
        new() { [Split.Train] = "train", [Split.Validation] = "val", [Split.Test] = "test" };

    /// <summary>A part's folder name, as torchvision's examples have it.</summary>
    public static string NameOf(Split part) => Names[part];

    /// <summary>Whether a folder has all three parts.</summary>
    public static bool Is(string root) => Names.Values.All(name => Directory.Exists(Path.Combine(root, name)));

    /// <summary>Everyone in it, with the pictures of all parts.</summary>
    /// <param name="root">The folder with the three parts.</param>
    /// <param name="passedOver">Gets what was left out; null: nobody asks.</param>
    /// <exception cref="UserErrorException">Not everyone is in every part, or a picture is in two.</exception>
    public static IReadOnlyList<PersonFolder> Scan(string root, ICollection<SkippedFile>? passedOver = null)
    {
        PersonFolder[] people =
        [
            .. Names.Values.SelectMany(name => ImageFolder.Scan(Path.Combine(root, name), passedOver))
                .GroupBy(person => person.Name, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
                .Select(parts =>
                    new PersonFolder(parts.Key,
                        [.. parts.SelectMany(part => part.Files)]) { Folders = [.. parts.SelectMany(part => part.Folders)] }),
        ];
        foreach (PersonFolder person in people)
        {
            if (Names.Keys.Where(part => person.Files.All(file => PartOf(root, file) != part)).Select(NameOf).FirstOrDefault()
                is { } missing)
                throw new UserErrorException(
                    $"'{person.Name}' has no picture in '{Path.Combine(root, missing)}'; everyone needs one at least in train, val and "
                    + $"test.");
            if (person.Files.CountBy(person.KeyOf).FirstOrDefault(file => file.Value > 1).Key is { } twice)
                throw new UserErrorException(
                    $"The picture '{twice}' of '{person.Name}' is in two parts of '{root}': "
                    + "what is learnt from must not be measured with.");
        }
        return people;
    }

    /// <summary>The part that a picture lies in.</summary>
    /// <param name="root">The folder with the three parts.</param>
    /// <param name="picture">A picture in it, as <see cref="Scan"/> gives it.</param>
    public static Split PartOf(string root, string picture)
    {
        string part = PhotoFolder.PersonOf(Path.GetRelativePath(root, picture));
        return Names.First(entry => entry.Value == part).Key;
    }
}
