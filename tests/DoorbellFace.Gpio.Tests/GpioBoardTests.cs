using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.I2c;
using DoorbellFace.Application;

namespace DoorbellFace.Gpio.Tests;

/// <summary>What is wrong with pins and buses, in sentences. The first ones ask the real libraries of this computer.</summary>
public sealed class GpioBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Where_there_is_no_chip_that_is_said()
    {
        DoorbellException error = Assert.Throws<DoorbellException>(() => GpioBoard.OfThisComputer.Open(99));
        Assert.Equal(ErrorKind.MissingPart, error.Kind);
        Assert.StartsWith("There is no GPIO chip /dev/gpiochip99. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chips_that_there_are_are_named()
    {
        File.WriteAllText(_folder["gpiochip4"], "");
        DoorbellException error = Assert.Throws<DoorbellException>(() => GpioBoard.DriverOf(0, _folder.Root));
        Assert.EndsWith($"gpiochip0. There is {_folder["gpiochip4"]}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_bus_that_is_said()
    {
        DoorbellException error = Assert.Throws<DoorbellException>(() => GpioBoard.OfThisComputer.Open(99, 0x27));
        Assert.Equal("There is no I2C bus /dev/i2c-99. On a Raspberry Pi raspi-config switches it on.", error.Message);
    }

    /// <summary>Both editions of the library are asked for; a computer that has one gets its answer about a file that is no chip.</summary>
    [Fact]
    public void Without_the_library_its_packages_are_named()
    {
        File.WriteAllText(_folder["gpiochip98"], "");
        var board = new GpioBoard(chip => GpioBoard.DriverOf(chip, _folder.Root), _ => throw new NotSupportedException());
        DoorbellException error = Assert.Throws<DoorbellException>(() => board.Open(98));
        bool hasLibrary = File.Exists("/usr/lib/x86_64-linux-gnu/libgpiod.so.2") || File.Exists("/usr/lib/x86_64-linux-gnu/libgpiod.so.3");
        if (!hasLibrary)
            Assert.Equal(
                "The library libgpiod is missing: Debian 12 has it in the package libgpiod2, Debian 13 in libgpiod3.", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    public static TheoryData<Exception, string> Faults => new()
    {
        { new UnauthorizedAccessException("Access to the path '/dev/gpiochip0' is denied."), "the group gpio" },
        { new PlatformNotSupportedException("Libgpiod driver not installed."), "libgpiod is missing" },
        { new GpiodException("Exception while calling libgpiod", new DllNotFoundException()), "libgpiod is missing" },
        { new IOException("Could not request line: Device or resource busy"), "Another program uses it already" },
        { new IOException("Error 121 performing I2C data transfer.\nMore"), "Error 121 performing I2C data transfer." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_of_the_libraries_is_a_sentence(Exception fault, string says)
    {
        var board = new GpioBoard(_ => throw fault, _ => throw fault);
        Assert.Contains(says, Assert.Throws<DoorbellException>(() => board.Open(0)).Message, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<DoorbellException>(() => board.Open(1, 0x27)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
