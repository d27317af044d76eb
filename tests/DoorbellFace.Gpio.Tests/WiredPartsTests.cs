using System.Device.Gpio;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Gpio.Tests;

/// <summary>All parts together at a door that notes what is asked of it.</summary>
public sealed class WiredPartsTests : IDisposable
{
    private const int Bell = 17, Again = 27, Relay = 22, Buzzer = 18, Light = 23;

    private static readonly GpioOptions Everything = new()
    {
        BellPin = Bell, AgainPin = Again, RelayPin = Relay, BuzzerPin = Buzzer, LightPin = Light, Display = new() { I2c = (1, 0x27) },
    };

    private readonly WatchedClock _clock = new();
    private readonly SimulatedPins _pins = new();
    private readonly SimulatedDisplay _shown = new(16, 2);
    private readonly NotingDoor _door = new();
    private readonly RecordingLogger _log = new();
    private Exception? _noChip, _noBus;

    [Fact]
    public async Task The_bell_button_rings_and_the_other_says_again()
    {
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, () =>
        {
            Press(Bell);
            Press(Again);
            Press(Bell);
            Assert.Equal(["ring", "say again", "ring"], _door.Asked);
            return Task.CompletedTask;
        });
        Assert.Empty(_log.Warnings);
        Press(Bell);
        Assert.Equal(3, _door.Asked.Count);
    }

    [Fact]
    public async Task With_the_chime_the_relay_clicks_the_light_is_on_the_buzzer_sounds_and_the_display_shows_it()
    {
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, async () =>
        {
            parts.Chime();
            Assert.Equal(PinValue.High, _pins.LevelOf(Relay));
            Assert.Equal(PinValue.High, _pins.LevelOf(Light));
            await Soon.UntilAsync(() => _pins.WrittenTo(Buzzer).Contains(PinValue.High));
            await ShowsAsync("The bell rings.", "");
        });
        Assert.Equal(PinValue.Low, _pins.LevelOf(Relay));
        Assert.Equal(PinValue.Low, _pins.LevelOf(Light));
    }

    [Fact]
    public async Task The_display_shows_what_is_said_and_not_what_a_rule_keeps_from_being_said()
    {
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, async () =>
        {
            await TellAsync(parts, Identified("Anna is at the door."));
            await ShowsAsync("Anna is at the", "door.");
            await TellAsync(parts, new SentenceSounded(DoorId.Front, default, "The doorbell is back.", null, null));
            await ShowsAsync("The doorbell is", "back.");
        });
        Assert.Null(WiredParts.ShownOf(Identified(null)));
        // It stood there when it was decided.
        var visit = new VisitId(Guid.NewGuid());
        Assert.Null(WiredParts.ShownOf(new SentenceSounded(DoorId.Front, default, "Anna is at the door.", visit, default)));
    }

    [Fact]
    public async Task Without_a_chip_everything_at_its_pins_is_spoken_of_once_and_the_display_goes_on()
    {
        _noChip = new PlatformNotSupportedException("Libgpiod driver not installed.");
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, async () =>
        {
            parts.Chime();
            parts.Chime();
            await ShowsAsync("The bell rings.", "");
        });
        Assert.Equal([WiredPart.Bell, WiredPart.Again, WiredPart.Relay, WiredPart.Buzzer, WiredPart.Light], parts.Failed.Order());
        Assert.Equal(5, _door.Asked.Count);
        Assert.Equal(
            "say: Something that is wired to this computer does not work: the bell button. The doorbell goes on without it.",
            _door.Asked[0]);
        Assert.Equal(
            "What is wired at pin 17 does not work (the bell button): The library libgpiod is missing: Debian 12 has it in the package "
            + "libgpiod2, Debian 13 in libgpiod3.", _log.Warnings[0]);
    }

    [Theory]
    [InlineData(WiredPart.Bell, Bell)]
    [InlineData(WiredPart.Again, Again)]
    [InlineData(WiredPart.Relay, Relay)]
    [InlineData(WiredPart.Buzzer, Buzzer)]
    [InlineData(WiredPart.Light, Light)]
    public async Task A_pin_that_cannot_be_opened_costs_itself_alone(WiredPart part, int pin)
    {
        _pins.Faults[pin] = new IOException("Device or resource busy");
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, () =>
        {
            parts.Chime();
            if (part != WiredPart.Relay) Assert.Equal(PinValue.High, _pins.LevelOf(Relay));
            if (part != WiredPart.Bell) Press(Bell);
            return Task.CompletedTask;
        });
        Assert.Equal([part], parts.Failed);
        Assert.Contains("Another program uses it already", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Single(_door.Asked, asked => asked.StartsWith("say: Something", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_fails_later_is_spoken_of_once()
    {
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, () =>
        {
            _pins.Faults[Relay] = new IOException("gone");
            parts.Chime();
            parts.Chime();
            Assert.Equal(PinValue.High, _pins.LevelOf(Light));
            return Task.CompletedTask;
        });
        Assert.Equal(
            ["say: Something that is wired to this computer does not work: the chime. The doorbell goes on without it."], _door.Asked);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public async Task Without_a_bus_the_buttons_go_on()
    {
        _noBus = new FileNotFoundException("/dev/i2c-1");
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, () =>
        {
            parts.Chime();
            Press(Bell);
            return Task.CompletedTask;
        });
        Assert.Equal([WiredPart.Display], parts.Failed);
        Assert.Contains("ring", _door.Asked);
    }

    [Fact]
    public async Task A_door_that_refuses_a_ring_does_not_make_the_button_faulty()
    {
        _door.IsBusy = true;
        await using WiredParts parts = Make(new GpioOptions { BellPin = Bell });
        await RunAsync(parts, () =>
        {
            Press(Bell);
            Press(Bell);
            return Task.CompletedTask;
        });
        Assert.Equal(["ring", "ring"], _door.Asked);
        Assert.Empty(parts.Failed);
    }

    [Fact]
    public async Task A_letter_that_cannot_be_shown_is_told_of()
    {
        await using WiredParts parts = Make(Everything);
        await RunAsync(parts, async () =>
        {
            await TellAsync(parts, Identified("李 is at the door."));
            await ShowsAsync("? is at the", "door.");
            Assert.Equal("The display has no letters for 李, and shows ? for each.", Assert.Single(_log.Warnings));
        });
    }

    public void Dispose() => _pins.Dispose();

    private static VisitChanged Identified(string? says)
    {
        var visit = new VisitRecord
        {
            Id = new VisitId(Guid.NewGuid()), StartedAt = default, StartedBy = VisitStart.Ring, Rings = 1,
            Outcome = VisitOutcome.Known, Name = "Anna",
        };
        return new VisitChanged(
            DoorId.Front, default, new VisitorIdentified(default, visit, IsCorrection: false), null,
                says is null ? null : new Announcement(says, AnnouncementPriority.Normal, "visit"));
    }

    private static ValueTask TellAsync(WiredParts parts, DoorEvent happened) => parts.ReceiveAsync(happened, CancellationToken.None);

    private WiredParts Make(GpioOptions options) => new(
        options,
        new GpioBoard(_ => _noChip is null ? _pins : throw _noChip, at => _noBus is null ? new SimulatedI2c(at, _shown) : throw _noBus),
        Language.English, _clock, _log);

    /// <summary>Runs the parts until the scene is over. They are opened when the call returns: it waits only for the end.</summary>
    private async Task RunAsync(WiredParts parts, Func<Task> scene)
    {
        using var stop = new CancellationTokenSource();
        Task running = parts.RunAsync(_door, stop.Token);
        await scene();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private void Press(int pin)
    {
        _pins.Contact(pin, isClosed: true);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _pins.Contact(pin, isClosed: false);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
    }

    private Task ShowsAsync(params string[] lines) =>
        Soon.UntilAsync(() => _shown.Lines.Select(line => line.TrimEnd()).SequenceEqual(lines));
}
