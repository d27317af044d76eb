using System.Device.Gpio;
using System.Text;

namespace DoorbellFace.Gpio.Tests;

/// <summary>
/// An HD44780 in four-bit mode, by its data sheet: takes a nibble with each falling edge of the enable line, and keeps what it shows and
/// which shapes it was given.
/// </summary>
/// <param name="columns">Letters in a line.</param>
/// <param name="rows">Lines.</param>
internal sealed class SimulatedDisplay(int columns, int rows)
{
    private readonly Lock _gate = new();
    private readonly byte[] _shown = new byte[128], _shapes = new byte[64];
    private bool _enable, _isFourBit, _isSecondNibble, _addressesShapes;
    private int _high, _address;

    public bool HasBacklight { get; private set; }

    public bool IsOn { get; private set; }

    /// <summary>The lines; a loaded shape is a letter from U+E000 on.</summary>
    public string[] Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column =>
                {
                    byte code = _shown[RowStart(row) + column];
                    return code < 8 ? ((char)(0xE000 + code)).ToString() : Encoding.ASCII.GetString([code]);
                })))];
            }
        }
    }

    public byte[] Shape(int number)
    {
        lock (_gate) return _shapes[(number * 8)..(number * 8 + 8)];
    }

    /// <summary>The lines of the display, as they stand now.</summary>
    public void Lines4(bool registerSelect, bool enable, int nibble, bool backlight)
    {
        lock (_gate)
        {
            HasBacklight = backlight;
            if (_enable && !enable) Take(registerSelect, nibble);
            _enable = enable;
        }
    }

    private int RowStart(int row) => row switch { 0 => 0, 1 => 0x40, 2 => columns, _ => 0x40 + columns };

    private void Take(bool isData, int nibble)
    {
        // Until it is told otherwise it takes eight bits at once, of which only four are wired.
        if (!_isFourBit)
        {
            if (nibble == 2) _isFourBit = true;
            return;
        }
        if (!_isSecondNibble)
        {
            (_high, _isSecondNibble) = (nibble, true);
            return;
        }
        _isSecondNibble = false;
        byte value = (byte)((_high << 4) | nibble);
        if (isData) Write(value);
        else Command(value);
    }

    private void Write(byte value)
    {
        if (_addressesShapes) _shapes[_address++ % _shapes.Length] = value;
        else _shown[_address++ % _shown.Length] = value;
    }

    private void Command(byte value)
    {
        if (value >= 0x80) (_address, _addressesShapes) = (value & 0x7F, false);
        else if (value >= 0x40) (_address, _addressesShapes) = (value & 0x3F, true);
        else if (value is >= 0x08 and < 0x10) IsOn = (value & 4) != 0;
        else if (value == 1)
        {
            Array.Fill(_shown, (byte)' ');
            (_address, _addressesShapes) = (0, false);
        }
    }
}

/// <summary>A display at six pins of a chip: register select, enable, data 4 to 7.</summary>
internal static class DisplayAtPins
{
    public static void Wire(this SimulatedPins pins, SimulatedDisplay display, IReadOnlyList<int> at) => pins.Written = (pin, _) =>
    {
        if (!at.Contains(pin)) return;
        bool High(int index) => pins.LevelOf(at[index]) == PinValue.High;
        int nibble = Enumerable.Range(0, 4).Sum(bit => High(2 + bit) ? 1 << bit : 0);
        display.Lines4(High(0), High(1), nibble, backlight: true);
    };
}
