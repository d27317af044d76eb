using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Evaluation;

/// <summary>Someone's photos.</summary>
/// <param name="Name">The folder's name, or a loose photo's.</param>
/// <param name="Photos">Full paths, in ordinal order.</param>
internal sealed record PersonPhotos(string Name, IReadOnlyList<string> Photos);

/// <summary>Reads folders of photos.</summary>
internal static class PeopleFolder
{
    /// <summary>A person for each folder; with <paramref name="looseArePeople"/> also one for each loose photo.</summary>
    /// <exception cref="UserErrorException">There is no such folder, or nobody in it.</exception>
    public static IReadOnlyList<PersonPhotos> Read(string root, bool looseArePeople)
    {
        if (!Directory.Exists(root)) throw new UserErrorException($"There is no folder '{root}'. Expected one folder of photos for each person.");
        IEnumerable<PersonPhotos> people = Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(path => new PersonPhotos(Path.GetFileName(path), PhotosIn(path)));
        if (looseArePeople) people = people.Concat(PhotosIn(root).Select(path => new PersonPhotos(Path.GetFileNameWithoutExtension(path), [path])));
        PersonPhotos[] found = [.. people.Where(person => person.Photos.Count > 0)];
        return found.Length > 0 ? found : throw new UserErrorException($"There are no photos in '{root}'. Expected {Path.Combine(root, "Anna", "1.jpg")}, and so on.");
    }

    private static string[] PhotosIn(string folder) => [.. Directory.EnumerateFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal)];
}
