using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Holds a port for this program. The terminal's own exclusive mode does not hold for root, so two services would read one port at once and each would
/// see a broken camera; an advisory lock (flock(2)) on the port itself holds for everybody who asks for it. It ends with the program, however that ends.
/// </summary>
internal sealed partial class PortLock : IDisposable
{
    private const int OpenReadWrite = 0x2, OpenNoControllingTerminal = 0x100, OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000;
    private const int LockExclusive = 2, LockNonBlocking = 4, WouldBlock = 11;

    private int _descriptor;

    private PortLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Takes the lock; null when another program (or another part of this one) has it. What cannot be locked at all counts as taken.</summary>
    public static PortLock? TryTake(string portPath)
    {
        if (!OperatingSystem.IsLinux()) return new PortLock(-1);
        int descriptor = Open(portPath, OpenReadWrite | OpenNoControllingTerminal | OpenNonBlocking | OpenCloseOnExec);
        if (descriptor < 0) return new PortLock(-1);
        if (Flock(descriptor, LockExclusive | LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != WouldBlock) return new PortLock(descriptor);
        _ = Close(descriptor);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0) _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
