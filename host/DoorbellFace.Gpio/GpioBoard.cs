using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.I2c;
using DoorbellFace.Application;

namespace DoorbellFace.Gpio;

/// <summary>
/// The pins and the I2C buses of this computer. Whatever is wrong with them is a <see cref="DoorbellException"/> with a sentence.
/// </summary>
/// <param name="driverOf">Reaches the chip with a number.</param>
/// <param name="deviceAt">Reaches a device at a bus.</param>
public sealed class GpioBoard(Func<int, GpioDriver> driverOf, Func<I2cConnectionSettings, I2cDevice> deviceAt)
{
    private const string DeviceFolder = "/dev";

    /// <summary>This computer's own, by libgpiod and the kernel's I2C driver.</summary>
    public static GpioBoard OfThisComputer { get; } = new(chip => DriverOf(chip, DeviceFolder), DeviceAt);

    /// <summary>Opens a chip.</summary>
    /// <exception cref="DoorbellException">There is none, or it cannot be used.</exception>
    public GpioController Open(int chip) => Guard(() => new GpioController(driverOf(chip)));

    /// <summary>Opens a device at an I2C bus.</summary>
    /// <exception cref="DoorbellException">There is no such bus, or it cannot be used.</exception>
    public I2cDevice Open(int bus, int address) => Guard(() => deviceAt(new I2cConnectionSettings(bus, address)));

    /// <summary>Does something with a pin or a bus, and gives whatever goes wrong as a sentence.</summary>
    /// <exception cref="DoorbellException">It went wrong.</exception>
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not (DoorbellException or OutOfMemoryException))
        {
            throw new DoorbellException(ErrorKind.MissingPart, SentenceOf(error), cause: error);
        }
    }

    /// <summary>What an error of the libraries means.</summary>
    public static string SentenceOf(Exception error) => error switch
    {
        DoorbellException known => known.Message,
        UnauthorizedAccessException => "This user may not use it: the user must be in the group gpio, and for a display at I2C in i2c.",
        PlatformNotSupportedException or DllNotFoundException or { InnerException: DllNotFoundException } =>
            "The library libgpiod is missing: Debian 12 has it in the package libgpiod2, Debian 13 in libgpiod3.",
        _ when error.Message.Contains("busy", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("code '16'", StringComparison.Ordinal) =>
            "Another program uses it already; a running door does, if this is not the running door.",
        _ => FirstLine(error.Message),
    };

    /// <summary>The chip's driver, by whichever edition of libgpiod there is.</summary>
    internal static GpioDriver DriverOf(int chip, string folder)
    {
        string path = Path.Combine(folder, $"gpiochip{chip}");
        if (!File.Exists(path))
        {
            string[] there = [.. Directory.EnumerateFileSystemEntries(folder, "gpiochip*").Order(StringComparer.Ordinal)];
            throw new DoorbellException(
                ErrorKind.MissingPart,
                $"There is no GPIO chip {path}. " + (there.Length == 0
                    ? "This computer has none, or its kernel does not show it."
                    : $"There is {string.Join(", ", there)}."));
        }
        // Opening changes nothing at the pins; a user who may not is told so in better words than the library's.
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite))
        {
        }
        try
        {
            return new LibGpiodV2Driver(chip);
        }
        catch (Exception error) when (error is DllNotFoundException || error.InnerException is DllNotFoundException)
        {
            return new LibGpiodDriver(chip);
        }
    }

    private static I2cDevice DeviceAt(I2cConnectionSettings at)
    {
        string path = Path.Combine(DeviceFolder, $"i2c-{at.BusId}");
        if (!File.Exists(path))
            throw new DoorbellException(
                ErrorKind.MissingPart, $"There is no I2C bus {path}. On a Raspberry Pi raspi-config switches it on.");
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite))
        {
        }
        return I2cDevice.Create(at);
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
