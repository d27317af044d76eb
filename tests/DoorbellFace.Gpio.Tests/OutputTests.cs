using System.Device.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Gpio.Tests;

/// <summary>Relay, light and buzzer over simulated pins.</summary>
public sealed class OutputTests : IDisposable
{
    private const int Pin = 22;

    private readonly FakeTimeProvider _clock = new();
    private readonly SimulatedPins _pins = new();
    private readonly GpioController _controller;
    private readonly List<Exception> _faults = [];

    public OutputTests() => _controller = new GpioController(_pins);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_relay_is_on_for_its_time_and_off_before_and_after(bool isActiveLow)
    {
        (PinValue on, PinValue off) = isActiveLow ? (PinValue.Low, PinValue.High) : (PinValue.High, PinValue.Low);
        using (TimedOutput relay = Output(isActiveLow))
        {
            Assert.Equal(off, _pins.LevelOf(Pin));
            Assert.DoesNotContain(on, _pins.WrittenTo(Pin));
            relay.On();
            Assert.Equal(on, _pins.LevelOf(Pin));
            Wait(499);
            Assert.Equal(on, _pins.LevelOf(Pin));
            Wait(1);
            Assert.Equal(off, _pins.LevelOf(Pin));
            relay.On();
        }
        Assert.Equal(off, _pins.LevelOf(Pin));
    }

    [Fact]
    public void Switched_on_again_it_stays_on_for_longer()
    {
        using TimedOutput light = Output(isActiveLow: false);
        light.On();
        Wait(400);
        light.On();
        Wait(400);
        Assert.Equal(PinValue.High, _pins.LevelOf(Pin));
        Wait(100);
        Assert.Equal(PinValue.Low, _pins.LevelOf(Pin));
    }

    [Fact]
    public void A_pin_that_fails_is_told_of_and_throws_at_nobody()
    {
        using TimedOutput relay = Output(isActiveLow: false);
        _pins.Faults[Pin] = new IOException("gone");
        relay.On();
        Wait(1000);
        Assert.All(_faults, fault => Assert.IsType<IOException>(fault));
        Assert.NotEmpty(_faults);
    }

    [Fact]
    public async Task A_buzzer_sounds_and_is_silent_after_two_tones()
    {
        using var buzzer = new BuzzerChime(_controller, Pin, _clock, _faults.Add);
        buzzer.Sound();
        await Soon.UntilAsync(() => _pins.WrittenTo(Pin).Count(level => level == PinValue.High) > 3);
        Wait(420);
        int soFar = _pins.WrittenTo(Pin).Count;
        await Soon.UntilAsync(() => _pins.WrittenTo(Pin).Count > soFar + 3);
        Wait(700);
        await SilentAsync();
        Assert.Equal(PinValue.Low, _pins.LevelOf(Pin));
        int atTheEnd = _pins.WrittenTo(Pin).Count;
        buzzer.Sound();
        await Soon.UntilAsync(() => _pins.WrittenTo(Pin).Count > atTheEnd + 3);
        Assert.Empty(_faults);
    }

    public void Dispose() => _controller.Dispose();

    /// <summary>The task that makes the pulses ends when it next looks.</summary>
    private async Task SilentAsync()
    {
        for (int before = -1, now = 0; before != now; (before, now) = (now, _pins.WrittenTo(Pin).Count)) await Task.Delay(50);
    }

    private TimedOutput Output(bool isActiveLow) =>
        new(_controller, Pin, isActiveLow, TimeSpan.FromMilliseconds(500), _clock, _faults.Add);

    private void Wait(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
