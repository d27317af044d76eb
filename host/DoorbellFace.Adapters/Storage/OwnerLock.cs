using DoorbellFace.Adapters.Files;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// Says which one program keeps visits in a folder. The system holds the lock for as long as that program lives and not longer, so a
/// program that was killed leaves none behind.
/// </summary>
public sealed class OwnerLock : IDisposable
{
    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null when another program (or another part of this one) has it.</summary>
    public static OwnerLock? TryTake(string folder)
    {
        try
        {
            return new OwnerLock(PrivateFiles.Create(Path.Combine(folder, "visits.lock"), FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
