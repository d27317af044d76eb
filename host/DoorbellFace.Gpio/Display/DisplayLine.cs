using System.Device.Gpio;
using System.Device.I2c;
using Iot.Device.CharacterLcd;

namespace DoorbellFace.Gpio.Display;

/// <summary>The line to a display.</summary>
internal static class DisplayLine
{
    /// <summary>Opens it: at the I2C bus, by the usual board with a PCF8574, or at pins.</summary>
    /// <exception cref="Application.DoorbellException">There is no such bus or chip, or it cannot be used.</exception>
    public static LcdInterface Open(GpioOptions options, GpioBoard board, Func<GpioController> controller)
    {
        if (options.Display.I2c is { } at)
        {
            I2cDevice device = board.Open(at.Bus, at.Address);
            return GpioBoard.Guard(() =>
            {
                // Nothing tells at such a board whether somebody listens; without a display the bus acknowledges nothing, and this throws.
                device.WriteByte(0);
                return LcdInterface.CreateI2c(device, uses8Bit: false);
            });
        }
        int[] pins = [.. options.Display.Pins];
        return LcdInterface.CreateGpio(
            registerSelectPin: pins[0], enablePin: pins[1], dataPins: pins[2..], controller: controller(), shouldDispose: false);
    }
}
