using DoorbellFace.Application;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Measuring;

/// <summary>Someone's photos.</summary>
/// <param name="Name">The folder's name, or a loose photo's.</param>
/// <param name="Photos">Full paths, in ordinal order.</param>
public sealed record PersonPhotos(string Name, IReadOnlyList<string> Photos);

/// <summary>Reads folders of photos.</summary>
public static class PeopleFolder
{
    /// <summary>
    /// A person for each folder, with the photos of the folders in it; with <paramref name="looseArePeople"/> also one for each loose
    /// photo.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="looseArePeople">Whether a photo beside the folders is somebody.</param>
    /// <param name="remark">Hears what was left out.</param>
    /// <exception cref="DoorbellException">There is no such folder, or nobody in it.</exception>
    public static IReadOnlyList<PersonPhotos> Read(string root, bool looseArePeople, Action<string> remark)
    {
        if (!Directory.Exists(root))
            throw new DoorbellException(ErrorKind.NotFound, $"There is no folder '{root}'. Expected one folder of photos for each person.");
        var folder = PhotoFolder.Read(root);
        foreach (string sentence in folder.RemarksOnPeople()) remark(sentence);
        IEnumerable<PersonPhotos> people =
            folder.People.Select(person => new PersonPhotos(person.Name, [.. person.Photos.Select(photo => Path.Combine(root, photo))]));
        if (looseArePeople)
            people =
                people.Concat(folder.Loose.Select(photo =>
                    new PersonPhotos(Path.GetFileNameWithoutExtension(photo), [Path.Combine(root, photo)])));
        PersonPhotos[] found = [.. people.Where(person => person.Photos.Count > 0)];
        return found.Length > 0
            ? found
            : throw new DoorbellException(ErrorKind.NotFound,
                $"There are no photos in '{root}'. Expected {Path.Combine(root, "Anna", "1.jpg")}, and so on.");
    }
}
