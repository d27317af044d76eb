using DoorbellFace.Gpio;

namespace DoorbellFace.Host.Composition;

/// <summary>The settings of what is wired to this computer (docs/gpio.md), by name.</summary>
internal static class GpioSettings
{
    /// <summary>What each setting changes.</summary>
    public static IReadOnlyDictionary<string, Func<GpioOptions, string, GpioOptions>> Known { get; } =
        new Dictionary<string, Func<GpioOptions, string, GpioOptions>>(StringComparer.Ordinal)
    {
        ["gpio.chip"] = (gpio, text) => gpio with { Chip = RunSettings.Whole(text) },
        ["gpio.bell.pin"] = (gpio, text) => gpio with { BellPin = RunSettings.Whole(text) },
        ["gpio.again.pin"] = (gpio, text) => gpio with { AgainPin = RunSettings.Whole(text) },
        ["gpio.relay.pin"] = (gpio, text) => gpio with { RelayPin = RunSettings.Whole(text) },
        ["gpio.relay.active_low"] = (gpio, text) => gpio with { IsRelayActiveLow = RunSettings.YesOrNo(text) },
        ["gpio.relay.ms"] = (gpio, text) => gpio with { RelayMilliseconds = RunSettings.Whole(text) },
        ["gpio.buzzer.pin"] = (gpio, text) => gpio with { BuzzerPin = RunSettings.Whole(text) },
        ["gpio.light.pin"] = (gpio, text) => gpio with { LightPin = RunSettings.Whole(text) },
        ["gpio.light.active_low"] = (gpio, text) => gpio with { IsLightActiveLow = RunSettings.YesOrNo(text) },
        ["gpio.light.seconds"] = (gpio, text) => gpio with { LightSeconds = RunSettings.Whole(text) },
        ["gpio.display.i2c"] = Display((display, text) => display with { I2c = DisplayOptions.I2cOf(text) }),
        ["gpio.display.pins"] = Display((display, text) => display with { Pins = DisplayOptions.PinsOf(text) }),
        ["gpio.display.columns"] = Display((display, text) => display with { Columns = RunSettings.Whole(text) }),
        ["gpio.display.rows"] = Display((display, text) => display with { Rows = RunSettings.Whole(text) }),
    };

    private static Func<GpioOptions, string, GpioOptions> Display(Func<DisplayOptions, string, DisplayOptions> set) =>
        (gpio, text) => gpio with { Display = set(gpio.Display, text) };
}
