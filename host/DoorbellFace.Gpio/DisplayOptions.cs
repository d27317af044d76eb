using System.Globalization;

namespace DoorbellFace.Gpio;

/// <summary>A character display with an HD44780 or a controller like it, at the I2C bus or at six pins.</summary>
public sealed record DisplayOptions
{
    /// <summary>Bus and address of its I2C board (a PCF8574); null: none.</summary>
    public (int Bus, int Address)? I2c { get; init; }

    /// <summary>Its pins: register select, enable, data 4, 5, 6 and 7; empty: none.</summary>
    public IReadOnlyList<int> Pins { get; init; } = [];

    /// <summary>Letters in a line, 8 to 40: 16 by default.</summary>
    public int Columns { get; init; } = 16;

    /// <summary>Lines, 1 to 4: 2 by default.</summary>
    public int Rows { get; init; } = 2;

    /// <summary>There is one.</summary>
    public bool IsOn => I2c is not null || Pins.Count > 0;

    /// <summary>Where it is wired, in words.</summary>
    public string Place => I2c is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"I2C bus {at.Bus}, address 0x{at.Address:x2}")
        : $"pins {string.Join(", ", Pins)}";

    /// <summary>Bus and address in a setting's text, such as "1:0x27".</summary>
    /// <exception cref="FormatException">There are none.</exception>
    public static (int Bus, int Address) I2cOf(string text)
    {
        if (text.Split(':') is [var bus, var address]
            && int.TryParse(bus, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && address.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(address.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int place))
            return (number, place);
        throw new FormatException("expected the bus and the address, such as 1:0x27.");
    }

    /// <summary>The pins in a setting's text.</summary>
    /// <exception cref="FormatException">They are not six numbers.</exception>
    public static IReadOnlyList<int> PinsOf(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var pins = new int[6];
        if (parts.Length != pins.Length) throw SixExpected();
        for (int i = 0; i < pins.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out pins[i])) throw SixExpected();
        return pins;

        static FormatException SixExpected() =>
            new("expected six pins with commas between them: register select, enable, data 4, 5, 6 and 7.");
    }

    /// <summary>What is wrong, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        if (I2c is { Address: < 3 or > 0x77 } at)
            yield return string.Create(
                CultureInfo.InvariantCulture, $"gpio.display.i2c has the address 0x{at.Address:x2}: expected 0x03 to 0x77.");
        if (I2c is not null && Pins.Count > 0) yield return "Both gpio.display.i2c and gpio.display.pins are set: a display has one place.";
        if (Columns is < 8 or > 40) yield return $"gpio.display.columns is {Columns}: expected 8 to 40.";
        if (Rows is < 1 or > 4) yield return $"gpio.display.rows is {Rows}: expected 1 to 4.";
    }
}
