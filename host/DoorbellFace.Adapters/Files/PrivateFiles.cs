using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Files;

/// <summary>
/// Makes folders and files that only their owner may read: they hold who was at the door, their faces, and what was said of them.
/// </summary>
public static partial class PrivateFiles
{
    /// <summary>The ending of a file that is being written.</summary>
    public const string UnfinishedEnding = ".unfinished";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>
    /// Makes a folder with mode 0700, and with the system's usual mode whatever is missing above it; one that is there stays as it is.
    /// </summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file for writing; it is made with mode 0600 if it is not there, and gets that mode if it is.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="mode">What becomes of a file that is there.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <param name="access">What the caller may do.</param>
    /// <param name="bufferSize">Bytes that may wait in this process; 0 for none.</param>
    public static FileStream Create(string path, FileMode mode, FileShare share, FileAccess access = FileAccess.ReadWrite,
        int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);
        // A device or a pipe (--wav /dev/stdout) keeps its mode: it is not this program's.
        if (!OperatingSystem.IsWindows() && !IsDevice(path)) File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        return file;
    }

    /// <summary>Writes a file that is there whole or as it was before, whatever ends the program; readable by its owner alone.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = path + UnfinishedEnding;
        try
        {
            using (FileStream file = Create(unfinished, FileMode.Create, FileShare.None))
            {
                file.Write(content);
                // Onto the disk before the name: a power cut must not leave the name with half the content.
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            throw;
        }
    }

    /// <summary>The same for a text, as UTF-8.</summary>
    public static void WriteWhole(string path, string text) => WriteWhole(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Copies a file, readable by its owner alone and on the disk when this returns.</summary>
    public static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from), target = Create(to, FileMode.Create, FileShare.None);
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }

    /// <summary>Deletes a file if that is possible.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }

    /// <summary>Changes whenever a file was written, by length and time; empty when it is not there. Never throws.</summary>
    public static string StampOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length}@{file.LastWriteTimeUtc.Ticks}") : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }

    /// <summary>
    /// Whether this user may make files in a folder that is there, by the system's own answer: modes do not know of disks that are mounted
    /// to be read.
    /// </summary>
    public static bool MayWriteTo(string folder)
    {
        const int Write = 2, Search = 1;
        return OperatingSystem.IsWindows() || Access(folder, Write | Search) == 0;
    }

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    /// <summary>
    /// By its place: .NET does not tell a device from a file, and as root a wrong mode on /dev/null would harm every program.
    /// </summary>
    private static bool IsDevice(string path)
    {
        string place = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        return place.StartsWith("/dev/", StringComparison.Ordinal) || place.StartsWith("/proc/", StringComparison.Ordinal);
    }

    /// <summary>Whether others than the owner may look into a folder.</summary>
    public static bool IsOpenToOthers(string folder) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & Others) != 0;
}
