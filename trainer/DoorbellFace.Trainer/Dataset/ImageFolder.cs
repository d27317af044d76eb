using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>A person's folder and the pictures in it.</summary>
/// <param name="Name">The folder's name, which is the person's.</param>
/// <param name="Files">Full paths, in ordinal order of their names.</param>
internal sealed record PersonFolder(string Name, IReadOnlyList<string> Files);

/// <summary>
/// Pictures sorted into one folder for each person: root/Anna/1.jpg (torchvision's ImageFolder). Other files, hidden folders and folders
/// inside a person's are passed over.
/// </summary>
internal static class ImageFolder
{
    /// <summary>Everyone in it, by name.</summary>
    /// <param name="root">The folder that holds the people's folders.</param>
    /// <exception cref="UserErrorException">There is no such folder, or no person's folder in it.</exception>
    public static IReadOnlyList<PersonFolder> Scan(string root)
    {
        RequireFolder(root);
        PersonFolder[] people = [.. VisibleFolders(root).Select(path => new PersonFolder(Path.GetFileName(path), Pictures(path)))];
        if (people.Length > 0) return people;
        int loose = Pictures(root).Length;
        throw new UserErrorException(
            $"'{root}' holds no person's folder"
            + (loose > 0 ? $", but {loose} loose picture{(loose == 1 ? "" : "s")}" : "")
            + ". Expected one folder for each person, named as the person is called, with that person's pictures in it: "
            + Path.Combine(root, "Anna", "1.jpg"));
    }

    /// <summary>The pictures of strangers: loose in the folder, or in a folder for each, or both. Each loose picture counts as a person of its own.</summary>
    /// <exception cref="UserErrorException">There is no such folder, or no picture in it.</exception>
    public static IReadOnlyList<PersonFolder> ScanStrangers(string root)
    {
        RequireFolder(root);
        PersonFolder[] people =
        [
            .. Pictures(root).Select(path => new PersonFolder(Path.GetFileName(path), [path])),
            .. VisibleFolders(root).Select(path => new PersonFolder(Path.GetFileName(path), Pictures(path))).Where(person => person.Files.Count > 0),
        ];
        return people.Length > 0
            ? people
            : throw new UserErrorException($"'{root}' holds no pictures of strangers. Expected picture files, loose or in a folder for each stranger.");
    }

    private static void RequireFolder(string root)
    {
        if (File.Exists(root)) throw new UserErrorException($"A folder was expected, but '{root}' is a file.");
        if (!Directory.Exists(root)) throw new UserErrorException($"There is no folder '{root}'. Expected a folder with one folder of pictures for each person.");
    }

    private static IEnumerable<string> VisibleFolders(string root) =>
        Directory.EnumerateDirectories(root).Where(path => !IsHidden(path)).Order(StringComparer.Ordinal);

    private static string[] Pictures(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(path => !IsHidden(path) && PictureFile.HasPictureExtension(path)).Order(StringComparer.Ordinal)];

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
