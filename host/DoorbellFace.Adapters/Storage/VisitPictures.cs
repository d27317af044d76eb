using System.Globalization;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// One PNG file for each visit: <c>pictures/YYYY-MM-DD/ID.png</c> below the store's folder, by the day of the visit in UTC. Every file is
/// whole or not there.
/// </summary>
public sealed class VisitPictures
{
    private readonly string _storeFolder;
    private readonly string _root;

    /// <summary>Takes the store's folder.</summary>
    public VisitPictures(string storeFolder)
    {
        _storeFolder = Path.GetFullPath(storeFolder);
        _root = Path.Combine(_storeFolder, "pictures");
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Keeps a picture, in place of an earlier one of the same visit.</summary>
    /// <param name="visit">The visit; only its id and its start matter.</param>
    /// <param name="png">A whole PNG file.</param>
    /// <returns>What belongs into <see cref="VisitRecord.PicturePath"/>.</returns>
    /// <exception cref="ArgumentException">These bytes are no PNG file.</exception>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public string Save(VisitRecord visit, ReadOnlySpan<byte> png)
    {
        if (!png.StartsWith(PngSignature))
            throw new ArgumentException($"A picture must be a whole PNG file; these {png.Length} bytes do not begin as one.", nameof(png));
        string path = PathFor(visit);
        try
        {
            // Each by itself: a data folder that was deleted meanwhile must not come back open to others.
            PrivateFiles.CreateFolder(_storeFolder);
            PrivateFiles.CreateFolder(_root);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            PrivateFiles.WriteWhole(path, png);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VisitStoreException(
                $"The picture of a visit could not be kept in {path}: {error.Message} "
                + "Look for free space and for the right to write there.", error);
        }
        return Path.GetRelativePath(_storeFolder, path);
    }

    /// <summary>
    /// The picture's file, an absolute path; null when the visit has none, it is gone, or the record names a place outside the pictures.
    /// </summary>
    public string? Find(VisitRecord visit)
    {
        if (visit.PicturePath is not { } relative) return null;
        string path = Path.GetFullPath(Path.Combine(_storeFolder, relative));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path) ? path : null;
    }

    /// <summary>Removes what is kept of a visit, and the day's folder with the last of its pictures.</summary>
    /// <exception cref="VisitStoreException">It cannot be removed.</exception>
    public void Delete(VisitRecord visit)
    {
        string path = PathFor(visit);
        try
        {
            foreach (string file in new[] { Find(visit), path, path + PrivateFiles.UnfinishedEnding }.OfType<string>().Where(File.Exists))
                File.Delete(file);
            string day = Path.GetDirectoryName(path)!;
            if (Directory.Exists(day) && !Directory.EnumerateFileSystemEntries(day).Any()) Directory.Delete(day);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VisitStoreException(
                $"The picture {path} could not be deleted: {error.Message} The visit is kept, too; delete it again when that is mended.",
                    error);
        }
    }

    /// <summary>Removes what a killed program left half written. Only the folder's owner may call it.</summary>
    public void RemoveUnfinished(ILogger log)
    {
        if (!Directory.Exists(_root)) return;
        foreach (string file in Directory.EnumerateFiles(_root, "*" + PrivateFiles.UnfinishedEnding, SearchOption.AllDirectories))
        {
            log.LogInformation("A picture was only half written when the program stopped; {File} is removed.", file);
            PrivateFiles.TryDelete(file);
        }
    }

    private string PathFor(VisitRecord visit) =>
        Path.Combine(_root, visit.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{visit.Id}.png");
}
