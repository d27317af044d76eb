using System.Device.Gpio;
using DoorbellFace.Core.Languages;
using DoorbellFace.Gpio.Display;

namespace DoorbellFace.Gpio.Tests;

/// <summary>The real binding of the display over a display that goes by its data sheet.</summary>
public sealed class CharacterDisplayTests : IDisposable
{
    private static readonly int[] Pins = [5, 6, 12, 13, 19, 26];

    private readonly WatchedClock _clock = new();
    private readonly List<Exception> _faults = [];
    private readonly SimulatedDisplay _shown = new(16, 2);
    private SimulatedI2c? _i2c;
    private int _turns;

    [Fact]
    public async Task Six_pins_show_a_sentence()
    {
        var pins = new SimulatedPins();
        pins.Wire(_shown, Pins);
        await using (CharacterDisplay display = Open(new GpioOptions { Display = new() { Pins = Pins } }, pins))
        {
            display.Show("Anna is at the door.");
            await ShowsAsync("Anna is at the", "door.");
            Assert.True(_shown.IsOn);
        }
        Assert.Equal(["", ""], Lines());
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task The_board_at_the_bus_shows_a_sentence_and_lights_it()
    {
        await using CharacterDisplay display = OpenAtBus();
        Assert.False(_shown.HasBacklight);
        display.Show("Jürgen ist an der Tür.");
        await ShowsAsync("J\uE000rgen ist an", "der T\uE000r.");
        await Soon.UntilAsync(() => _shown.HasBacklight);
        Assert.Equal(Letters.ShapeOf(new System.Text.Rune('ü')), _shown.Shape(0));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_begin_again_until_the_display_is_dark()
    {
        await using CharacterDisplay display = OpenAtBus();
        display.Show("Anna is at the door with two people I don't know.");
        await ShowsAsync("Anna is at the", "door with two");
        await TurnAsync(CharacterDisplay.PageLasts, "people I don't", "know.");
        await TurnAsync(CharacterDisplay.PageLasts, "Anna is at the", "door with two");
        await TurnAsync(CharacterDisplay.TextLasts, "", "");
        await Soon.UntilAsync(() => !_shown.HasBacklight);
    }

    [Fact]
    public async Task A_newer_sentence_takes_the_place_at_once()
    {
        await using CharacterDisplay display = OpenAtBus();
        display.Show("The bell rings.");
        await ShowsAsync("The bell rings.", "");
        display.Show("Ben is there too.");
        await ShowsAsync("Ben is there", "too.");
    }

    [Fact]
    public async Task A_cable_that_comes_loose_is_told_of_and_the_next_sentence_is_shown_when_it_is_back()
    {
        await using CharacterDisplay display = OpenAtBus();
        _i2c!.Fault = new IOException("Error 121 performing I2C data transfer.");
        display.Show("Anna is at the door.");
        await Soon.UntilAsync(() => _faults.Count > 0);
        Assert.Equal(["", ""], Lines());
        _i2c.Fault = null;
        display.Show("Ben is at the door.");
        await ShowsAsync("Ben is at the", "door.");
    }

    [Fact]
    public void A_bus_without_a_display_is_an_error_at_once()
    {
        var board = new GpioBoard(_ => new SimulatedPins(), at => new SimulatedI2c(at, _shown) { Fault = new IOException("Error 121") });
        var options = new GpioOptions { Display = new() { I2c = (1, 0x27) } };
        Application.DoorbellException error = Assert.Throws<Application.DoorbellException>(() => Make(options, board, null));
        Assert.Equal("Error 121", error.Message);
    }

    public void Dispose() => _i2c?.Dispose();

    private CharacterDisplay OpenAtBus() => Open(new GpioOptions { Display = new() { I2c = (1, 0x27) } }, new SimulatedPins());

    private CharacterDisplay Open(GpioOptions options, SimulatedPins pins) =>
        Make(options, new GpioBoard(_ => pins, at => _i2c = new SimulatedI2c(at, _shown) { Fault = _i2c?.Fault }),
            new GpioController(pins));

    private CharacterDisplay Make(GpioOptions options, GpioBoard board, GpioController? controller) => new(
        () => DisplayLine.Open(options, board, () => controller!), options.Display, Language.English, _clock, _faults.Add, _ => { });

    private string[] Lines() => [.. _shown.Lines.Select(line => line.TrimEnd())];

    private Task ShowsAsync(params string[] lines) => Soon.UntilAsync(() => Lines().SequenceEqual(lines));

    /// <summary>Lets the time pass when the display's task waits for it.</summary>
    private async Task TurnAsync(TimeSpan by, params string[] lines)
    {
        _turns++;
        await Soon.UntilAsync(() => _clock.Waits >= _turns);
        _clock.Advance(by);
        await ShowsAsync(lines);
    }
}
