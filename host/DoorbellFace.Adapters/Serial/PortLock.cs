using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Holds an open port for this program. The terminal's own exclusive mode does not hold for root, so two services would read one port at
/// once and each would see a broken camera; an advisory lock (flock(2)) on the open port holds for everybody who asks for it. It ends when
/// the port is closed, however that comes. The descriptor is looked up in /proc, because System.IO.Ports does not tell it; opening the port
/// a second time could reset the board again.
/// </summary>
internal static partial class PortLock
{
    private const int LockExclusive = 2, LockNonBlocking = 4, WouldBlock = 11;

    /// <summary>The descriptors by which this program has a port open already; to be asked before it is opened once more.</summary>
    public static IReadOnlySet<int> DescriptorsOf(string portPath) => OpenDescriptorsOf(DeviceOf(portPath)).ToHashSet();

    /// <summary>Locks a port that this program has just opened.</summary>
    /// <param name="portPath">The port, by any of its names.</param>
    /// <param name="before">What <see cref="DescriptorsOf"/> gave before.</param>
    /// <param name="descriptor">The descriptor by which it was opened.</param>
    /// <returns>False when another program, or another part of this one, has it. What cannot be locked at all counts as locked.</returns>
    /// <exception cref="IOException">The system does not show this program's descriptors (/proc).</exception>
    public static bool TryTake(string portPath, IReadOnlySet<int> before, out int descriptor)
    {
        int[] opened = [.. OpenDescriptorsOf(DeviceOf(portPath)).Where(open => !before.Contains(open))];
        descriptor = opened.Length > 0
            ? opened[0]
            : throw new IOException($"The descriptor of '{portPath}' is not to be found in /proc/self/fd.");
        return opened.All(open => Flock(open, LockExclusive | LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != WouldBlock);
    }

    private static string DeviceOf(string portPath) =>
        File.ResolveLinkTarget(portPath, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(portPath);

    private static IEnumerable<int> OpenDescriptorsOf(string device)
    {
        if (!OperatingSystem.IsLinux()) yield break;
        foreach (string entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (new FileInfo(entry).LinkTarget == device) yield return int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
        }
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);
}
