using System.Runtime.InteropServices;

namespace DoorbellFace.Simulation.Pty;

/// <summary>The few calls of Linux's C library that a pseudo-terminal takes. Constants: asm-generic, equal on x86-64 and arm64.</summary>
internal static partial class LibC
{
    public const int OpenReadWrite = 0x2, OpenNoControllingTerminal = 0x100, OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000;
    public const short PollIn = 0x1, PollOut = 0x4;
    public const int Again = 11, Interrupted = 4;
    public const int FlushInput = 0;
    public const int ApplyNow = 0;
    public const uint InotifyOpen = 0x20, InotifyCloseWrite = 0x8, InotifyCloseNoWrite = 0x10;

    /// <summary>ioctl TIOCNXCL: others may open the terminal again.</summary>
    public const nuint NotExclusive = 0x540D;

    /// <summary>ioctls TCGETS2 and TCSETS2: terminal settings with the baud rate as a number.</summary>
    public const nuint GetSettings2 = 0x802C542A, SetSettings2 = 0x402C542B;

    /// <summary>In the settings' third word: the rate is the number in the speed fields (BOTHER), in the bits of CBAUD.</summary>
    public const uint BaudMask = 0x100F, BaudIsNumber = 0x1000;

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    public static unsafe partial int SlaveName(int master, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static unsafe partial int GetSettings(int descriptor, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static unsafe partial void MakeRaw(byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static unsafe partial int SetSettings(int descriptor, int actions, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcflush")]
    public static partial int Flush(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static unsafe partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int InotifyStart(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InotifyWatch(int descriptor, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint start, int flags);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }

    /// <summary>struct termios2: four words of flags, the discipline, 19 control characters, two speeds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Settings2
    {
        public uint InputFlags, OutputFlags, ControlFlags, LocalFlags;
        public byte Discipline;
        public fixed byte ControlCharacters[19];
        public uint InputSpeed, OutputSpeed;
    }
}
