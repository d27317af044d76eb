using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorbellFace.Host.Serial;

/// <summary>Why a port cannot be used, in sentences that say what to do.</summary>
internal static partial class PortTrouble
{
    private const int ReadAndWrite = 4 | 2;

    /// <summary>What can be seen without opening it; null when nothing is wrong.</summary>
    public static string? BeforeOpening(string portPath)
    {
        if (Directory.Exists(portPath)) return $"A serial port was expected, but '{portPath}' is a folder. Try: ./doorbell ports";
        if (!File.Exists(portPath))
            return $"There is no port '{portPath}'. Is the doorbell plugged in, with a cable that carries data? What there is: ./doorbell ports";
        if (OperatingSystem.IsLinux() && Access(portPath, ReadAndWrite) != 0)
        {
            return $"The port '{portPath}' may not be used by this user: your user is not in group dialout. "
                + "Run: sudo usermod -aG dialout $USER, then log in again.";
        }
        return null;
    }

    /// <summary>What an exception of opening means.</summary>
    public static string WhenOpening(string portPath, int baudRateBitsPerSecond, Exception error) => error switch
    {
        // The permissions were checked before: what is left of "access denied" is that somebody else holds it.
        UnauthorizedAccessException => $"The port '{portPath}' is in use by another program (the serial monitor of the Arduino IDE, or another doorbell). Close that one.",
        ArgumentOutOfRangeException => string.Create(
            CultureInfo.InvariantCulture,
            $"The port '{portPath}' does not know {baudRateBitsPerSecond:N0} bit/s. The doorbell speaks 1,000,000, 2,000,000 or 500,000."),
        _ => $"'{portPath}' is not a serial port that can be used: {error.Message.TrimEnd('.')}. What there is: ./doorbell ports",
    };

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
