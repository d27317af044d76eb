namespace DoorbellFace.Gpio;

/// <summary>What is wired to the pins of this computer: nothing by default. Pins are numbered as the chip numbers its lines.</summary>
public sealed record GpioOptions
{
    /// <summary>Most a line's number can be; the largest chips have some hundred.</summary>
    private const int LastPin = 511;

    /// <summary>The chip's number, as in /dev/gpiochip0: 0 by default.</summary>
    public int Chip { get; init; }

    /// <summary>A bell button between this pin and ground; null: none.</summary>
    public int? BellPin { get; init; }

    /// <summary>A button indoors between this pin and ground, which has the last sentence said again; null: none.</summary>
    public int? AgainPin { get; init; }

    /// <summary>The relay of a chime; null: none.</summary>
    public int? RelayPin { get; init; }

    /// <summary>The relay is on while its pin is low: false by default.</summary>
    public bool IsRelayActiveLow { get; init; }

    /// <summary>How long the relay is on, in milliseconds, 50 to 5000: 500 by default.</summary>
    public int RelayMilliseconds { get; init; } = 500;

    /// <summary>A passive buzzer; null: none.</summary>
    public int? BuzzerPin { get; init; }

    /// <summary>A light, by a transistor or a relay; null: none.</summary>
    public int? LightPin { get; init; }

    /// <summary>The light is on while its pin is low: false by default.</summary>
    public bool IsLightActiveLow { get; init; }

    /// <summary>How long the light stays on, in seconds, 1 to 600: 30 by default.</summary>
    public int LightSeconds { get; init; } = 30;

    /// <summary>A character display.</summary>
    public DisplayOptions Display { get; init; } = new();

    /// <summary>Something is wired.</summary>
    public bool IsOn => Parts.Count > 0;

    /// <summary>Everything that is wired.</summary>
    public IReadOnlyList<WiredPart> Parts => [.. Enum.GetValues<WiredPart>().Where(IsWired)];

    /// <summary>What is wrong, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Chip is < 0 or > 99) yield return $"gpio.chip is {Chip}: expected 0 to 99, as in /dev/gpiochip0.";
        if (RelayMilliseconds is < 50 or > 5000) yield return $"gpio.relay.ms is {RelayMilliseconds}: expected 50 to 5000 milliseconds.";
        if (LightSeconds is < 1 or > 600) yield return $"gpio.light.seconds is {LightSeconds}: expected 1 to 600 seconds.";
        foreach ((string setting, int pin) in Pins().Where(wired => wired.Pin is < 0 or > LastPin))
            yield return $"{setting} is {pin}: expected 0 to {LastPin}, the number of a line of the chip.";
        foreach (IGrouping<int, (string Setting, int Pin)> shared in Pins().GroupBy(wired => wired.Pin).Where(pins => pins.Count() > 1))
            yield return $"Pin {shared.Key} is named twice: by {string.Join(" and ", shared.Select(wired => wired.Setting).Distinct())}. "
                + "One pin has one use.";
        foreach (string complaint in Display.Complaints()) yield return complaint;
    }

    /// <summary>Where a part is wired, in words.</summary>
    public string PlaceOf(WiredPart part) => part switch
    {
        WiredPart.Bell => $"pin {BellPin}",
        WiredPart.Again => $"pin {AgainPin}",
        WiredPart.Relay => $"pin {RelayPin}",
        WiredPart.Buzzer => $"pin {BuzzerPin}",
        WiredPart.Light => $"pin {LightPin}",
        _ => Display.Place,
    };

    private bool IsWired(WiredPart part) => part switch
    {
        WiredPart.Bell => BellPin is not null,
        WiredPart.Again => AgainPin is not null,
        WiredPart.Relay => RelayPin is not null,
        WiredPart.Buzzer => BuzzerPin is not null,
        WiredPart.Light => LightPin is not null,
        _ => Display.IsOn,
    };

    private IEnumerable<(string Setting, int Pin)> Pins()
    {
        (string Setting, int? Pin)[] named =
        [
            ("gpio.bell.pin", BellPin), ("gpio.again.pin", AgainPin), ("gpio.relay.pin", RelayPin), ("gpio.buzzer.pin", BuzzerPin),
            ("gpio.light.pin", LightPin), .. Display.Pins.Select(pin => ("gpio.display.pins", (int?)pin)),
        ];
        return named.Where(wired => wired.Pin is not null).Select(wired => (wired.Setting, wired.Pin!.Value));
    }
}
