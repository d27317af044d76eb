using DoorbellFace.Terminal;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Host.Commands;

/// <summary>Which photos a command goes through, and in which order.</summary>
internal static class PhotoList
{
    /// <summary>The photos of a folder and its folders, by path; or those that a list names, in its order.</summary>
    /// <param name="folder">Where the photos are.</param>
    /// <param name="list">A text file with one path relative to <paramref name="folder"/> in each line, or null.</param>
    /// <returns>Paths relative to <paramref name="folder"/>, at least one.</returns>
    /// <exception cref="UserErrorException">Folder or list is missing, or there is no photo.</exception>
    public static IReadOnlyList<string> Read(string folder, string? list)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"A folder with photos was expected, but there is no folder '{folder}'.");
        IReadOnlyList<string> photos = list is null ? Walk(folder) : ReadList(folder, list);
        return photos.Count > 0
            ? photos
            : throw new UserErrorException(list is null
                ? $"There is no photo in '{folder}' (looked for JPEG, PNG, HEIC, AVIF, WebP, TIFF, BMP and GIF files, also in its folders)."
                : $"The list '{list}' names no photo: one path relative to '{folder}' was expected in each line.");
    }

    /// <summary>Says what was left out; of a person's folder every folder's photos count, and none is a person.</summary>
    private static IReadOnlyList<string> Walk(string folder)
    {
        var found = PhotoFolder.Read(folder);
        foreach (string remark in found.Remarks()) Screen.Remark(remark);
        return found.Photos;
    }

    private static List<string> ReadList(string folder, string list)
    {
        if (!File.Exists(list)) throw new UserErrorException($"There is no list '{list}'.");
        List<string> photos = [.. File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        List<string> missing = [.. photos.Where(photo => !File.Exists(Path.Combine(folder, photo)))];
        return missing.Count == 0
            ? photos
            : throw new UserErrorException(
                $"The list '{list}' names {missing.Count} photos that are not in '{folder}'; the first is '{missing[0]}'.");
    }
}
