using DoorbellFace.Terminal;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Pictures sorted into one folder for each person: root/Anna/1.jpg, root/Anna/2024/2.jpg (torchvision's ImageFolder). What is passed over,
/// and why, is <see cref="PhotoFolder"/>'s business.
/// </summary>
internal static class ImageFolder
{
    /// <summary>Everyone in it, by name.</summary>
    /// <param name="root">The folder that holds the people's folders.</param>
    /// <param name="passedOver">Gets what was left out; null: nobody asks.</param>
    /// <exception cref="UserErrorException">There is no such folder, or no person's folder in it.</exception>
    public static IReadOnlyList<PersonFolder> Scan(string root, ICollection<SkippedFile>? passedOver = null)
    {
        PhotoFolder folder = Read(root, passedOver);
        if (folder.People.Count > 0) return [.. folder.People.Select(person => Of(folder, person))];
        int loose = folder.Loose.Count;
        throw new UserErrorException(
            $"'{root}' holds no person's folder"
            + (loose > 0 ? $", but {loose} loose picture{(loose == 1 ? "" : "s")}" : "")
            + ". Expected one folder for each person, named as the person is called, with that person's pictures in it: "
            + Path.Combine(root, "Anna", "1.jpg"));
    }

    /// <summary>
    /// The pictures of strangers: loose in the folder, or in a folder for each, or both. Each loose picture counts as a person of its own.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="passedOver">Gets what was left out; null: nobody asks.</param>
    /// <exception cref="UserErrorException">There is no such folder, or no picture in it.</exception>
    public static IReadOnlyList<PersonFolder> ScanStrangers(string root, ICollection<SkippedFile>? passedOver = null)
    {
        PhotoFolder folder = Read(root, passedOver);
        PersonFolder[] people =
        [
            .. folder.Loose.Select(photo => new PersonFolder(photo, [Path.Combine(root, photo)])),
            .. folder.People.Where(person => person.Photos.Count > 0).Select(person => Of(folder, person)),
        ];
        return people.Length > 0
            ? people
            : throw new UserErrorException(
                $"'{root}' holds no pictures of strangers. Expected picture files, loose or in a folder for each stranger.");
    }

    private static PhotoFolder Read(string root, ICollection<SkippedFile>? passedOver)
    {
        if (File.Exists(root)) throw new UserErrorException($"A folder was expected, but '{root}' is a file.");
        if (!Directory.Exists(root))
            throw new UserErrorException($"There is no folder '{root}'. Expected a folder with one folder of pictures for each person.");
        var folder = PhotoFolder.Read(root);
        foreach (PassedOver item in folder.PassedOver.Where(item => item.Cause != PassedOverCause.Hidden))
            passedOver?.Add(new SkippedFile(Path.Combine(root, item.Path), $"{Path.Combine(root, item.Path)}: {item.Reason}."));
        return folder;
    }

    private static PersonFolder Of(PhotoFolder folder, PhotosOfPerson person) =>
        new(person.Name, [.. person.Photos.Select(photo => Path.Combine(folder.Root, photo))])
        {
            Folders = [Path.Combine(folder.Root, person.Name)],
        };
}
