using System.Globalization;
using System.Runtime.InteropServices;
using DoorbellFace.Application;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>Why a port cannot be used, in sentences that say what to do.</summary>
public static partial class PortTrouble
{
    private const int ReadAndWrite = 4 | 2, Busy = 16;
    private const int OpenReadWrite = 0x2, OpenNoControllingTerminal = 0x100, OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000;

    /// <summary>What can be seen without opening it; null when nothing is wrong.</summary>
    public static LinkUnavailableException? BeforeOpening(string portPath) => Missing(portPath) ?? Forbidden(portPath);

    /// <summary>Why there is no such port; null when there is.</summary>
    public static LinkUnavailableException? Missing(string portPath)
    {
        if (Directory.Exists(portPath))
            return new(LinkFault.NotAPort, $"A serial port was expected, but '{portPath}' is a folder.", new Remedy(RemedyKey.ListPorts));
        if (!File.Exists(portPath))
            return new(LinkFault.NoPort, $"There is no port '{portPath}'. Is the doorbell plugged in, with a cable that carries data?",
                new Remedy(RemedyKey.ListPorts));
        return null;
    }

    /// <summary>Why this user may not use it; null when they may.</summary>
    public static LinkUnavailableException? Forbidden(string portPath)
    {
        if (OperatingSystem.IsLinux() && Access(portPath, ReadAndWrite) != 0)
        {
            return new(LinkFault.NotPermitted, $"The port '{portPath}' may not be used by this user. {PortOwner.Advice(portPath)}");
        }
        return null;
    }

    /// <summary>What an exception of opening means.</summary>
    public static LinkUnavailableException WhenOpening(string portPath, int baudRateBitsPerSecond, Exception error) => error switch
    {
        ArgumentOutOfRangeException => new(
            LinkFault.UnknownRate,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The port '{portPath}' does not know {baudRateBitsPerSecond:N0} bit/s. The doorbell speaks 500,000, 1,000,000 or "
                + $"2,000,000."),
            cause: error),
        // System.IO.Ports says "access denied" to nearly everything; the permissions were checked before.
        UnauthorizedAccessException when IsHeldByAnother(portPath) => InUse(portPath, PortUsers.Of(portPath), error),
        _ => new(LinkFault.NotAPort, $"'{portPath}' is not a serial port that can be used.", new Remedy(RemedyKey.ListPorts), error),
    };

    /// <summary>The port is in use; by whom is said where the system tells it.</summary>
    public static LinkUnavailableException InUse(string portPath, string? user, Exception? error = null) => new(
        LinkFault.HeldByAnother,
        user is null
            ? $"The port '{portPath}' is in use by another program (the serial monitor of the Arduino IDE, or another doorbell). Close "
                + $"that one."
            : $"The port '{portPath}' is in use: {user} has it. Close that one.",
        cause: error);

    /// <summary>A terminal that another program has claimed cannot be opened, and the system says that it is busy.</summary>
    private static bool IsHeldByAnother(string portPath)
    {
        int descriptor = Open(portPath, OpenReadWrite | OpenNoControllingTerminal | OpenNonBlocking | OpenCloseOnExec);
        if (descriptor < 0) return Marshal.GetLastPInvokeError() == Busy;
        _ = Close(descriptor);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
