using System.Text;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The record of a data folder: <c>page/audit.jsonl</c> and, when that has grown, what it was before. Its owner alone may read it. Several
/// programs may write it, a running door and commands: one waits for the other.
/// </summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
/// <param name="mostBytes">So large each of the two files grows.</param>
public sealed class FileAuditStorage(string dataFolder, int mostBytes = 256 * 1024) : IAuditStorage
{
    private const int Attempts = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();

    private string Newer => Path.Combine(FilePageAccessStorage.FolderIn(dataFolder), "audit.jsonl");

    private string Older => Path.Combine(FilePageAccessStorage.FolderIn(dataFolder), "audit.older.jsonl");

    /// <inheritdoc/>
    public void Append(string line) => Reporting<object?>(() =>
    {
        PrivateFiles.CreateFolder(dataFolder);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(Newer)!);
        FileStream record = Open();
        if (record.Length >= mostBytes)
        {
            // While it is held, so that no other program puts a short one in the place of the long one.
            File.Move(Newer, Older, overwrite: true);
            record.Dispose();
            record = Open();
        }
        using (record) record.Write(Encoding.UTF8.GetBytes(line + "\n"));
        return null;
    });

    /// <inheritdoc/>
    public IEnumerable<string> Read() => Reporting(() =>
        ((string[])[Older, Newer]).Where(File.Exists).SelectMany(path => WhenFree(path, () => File.ReadAllLines(path))).ToArray());

    private FileStream Open() => WhenFree(Newer, () => PrivateFiles.Create(Newer, FileMode.Append, FileShare.None, FileAccess.Write));

    /// <summary>Does something with a file when no other program has it: a line takes them no time.</summary>
    private static T WhenFree<T>(string path, Func<T> work)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (IOException) when (attempt < Attempts && File.Exists(path))
            {
                Task.Delay(Pause).GetAwaiter().GetResult();
            }
        }
    }

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
