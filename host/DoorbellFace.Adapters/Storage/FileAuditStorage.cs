using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The record of a data folder: <c>page/audit.jsonl</c> and, when that has grown, what it was before. Its owner alone may read it.
/// </summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
/// <param name="mostBytes">So large each of the two files grows.</param>
public sealed class FileAuditStorage(string dataFolder, int mostBytes = 256 * 1024) : IAuditStorage
{
    private readonly Lock _gate = new();

    private string Newer => Path.Combine(FilePageAccessStorage.FolderIn(dataFolder), "audit.jsonl");

    private string Older => Path.Combine(FilePageAccessStorage.FolderIn(dataFolder), "audit.older.jsonl");

    /// <inheritdoc/>
    public void Append(string line) => Reporting<object?>(() =>
    {
        PrivateFiles.CreateFolder(dataFolder);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(Newer)!);
        if (new FileInfo(Newer) is { Exists: true } file && file.Length >= mostBytes) File.Move(Newer, Older, overwrite: true);
        using FileStream record = PrivateFiles.Create(Newer, FileMode.Append, FileShare.Read, FileAccess.Write);
        using var writer = new StreamWriter(record);
        writer.Write(line + "\n");
        return null;
    });

    /// <inheritdoc/>
    public IEnumerable<string> Read() =>
        Reporting(() => ((string[])[Older, Newer]).Where(File.Exists).SelectMany(File.ReadAllLines).ToArray());

    private T Reporting<T>(Func<T> work)
    {
        try
        {
            lock (_gate) return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"The record of what was done cannot be used: {error.Message}",
                cause: error);
        }
    }
}
