using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Pages;

/// <summary>
/// Photos that somebody sent, in a folder of their own that only this user can read, under names of ours; gone when it is disposed of.
/// </summary>
internal sealed class UploadedPhotos : IDisposable
{
    /// <summary>Bytes of all photos of a form together.</summary>
    public const long MostBytes = 80L << 20;

    /// <summary>Photos in one form.</summary>
    public const int MostPhotos = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("doorbellface-photos-").FullName;
    private readonly List<(string Name, string Path)> _files = [];

    /// <summary>What people call each, and where it lies.</summary>
    public IReadOnlyList<(string Name, string Path)> Files => _files;

    /// <summary>Puts them down.</summary>
    public static async Task<UploadedPhotos> KeepAsync(IEnumerable<IFormFile> photos, CancellationToken stop)
    {
        var kept = new UploadedPhotos();
        try
        {
            foreach (IFormFile photo in photos.Take(MostPhotos))
            {
                string path = Path.Combine(kept._folder, $"{kept._files.Count + 1}");
                await using (FileStream file = File.Create(path)) await photo.CopyToAsync(file, stop);
                kept._files.Add((NameOf(photo, kept._files.Count + 1), path));
            }
            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>A sentence with the names that people know in place of ours.</summary>
    public string WithNames(string sentence) =>
        _files.Aggregate(sentence, (text, file) => text.Replace($"'{file.Path}'", $"'{file.Name}'", StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The name is shown and said, and never a path.</summary>
    private static string NameOf(IFormFile photo, int number)
    {
        string name = string.Concat((photo.FileName.Split('/', '\\').LastOrDefault() ?? "").Where(letter => !char.IsControl(letter)));
        return name.Length is > 0 and <= 60 ? name : $"{number}";
    }
}
