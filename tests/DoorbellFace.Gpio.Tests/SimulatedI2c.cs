using System.Device.I2c;

namespace DoorbellFace.Gpio.Tests;

/// <summary>The usual board between an I2C bus and a display: a PCF8574, whose eight lines are those of the display.</summary>
/// <param name="settings">Bus and address.</param>
/// <param name="display">The display.</param>
internal sealed class SimulatedI2c(I2cConnectionSettings settings, SimulatedDisplay display) : I2cDevice
{
    /// <summary>Thrown by whatever is sent while it is set: the cable is out.</summary>
    public Exception? Fault { get; set; }

    public override I2cConnectionSettings ConnectionSettings => settings;

    public override void Read(Span<byte> buffer) => buffer.Clear();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Fault is { } fault) throw fault;
        foreach (byte lines in buffer) display.Lines4((lines & 1) != 0, (lines & 4) != 0, lines >> 4, (lines & 8) != 0);
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Write(writeBuffer);
        Read(readBuffer);
    }
}
