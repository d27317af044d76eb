using System.Device.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Gpio.Tests;

/// <summary>A button by the real binding and the real controller, over simulated pins and a clock that is told to go on.</summary>
public sealed class ContactButtonTests : IDisposable
{
    private const int Pin = 17;

    private readonly FakeTimeProvider _clock = new();
    private readonly SimulatedPins _pins = new();
    private readonly GpioController _controller;
    private readonly List<Exception> _faults = [];
    private int _presses;

    public ContactButtonTests() => _controller = new GpioController(_pins);

    [Fact]
    public void A_contact_that_bounces_is_one_press()
    {
        using ContactButton button = Listen();
        foreach (bool isClosed in (bool[])[true, false, true, false, true])
        {
            _pins.Contact(Pin, isClosed);
            Wait(2);
        }
        Assert.Equal(0, _presses);
        Wait(25);
        Assert.Equal(1, _presses);
    }

    [Fact]
    public void Whoever_leans_on_the_button_has_pressed_once_and_may_press_again()
    {
        using ContactButton button = Listen();
        Hold(60_000);
        Assert.Equal(1, _presses);
        Hold(80);
        Assert.Equal(2, _presses);
    }

    [Fact]
    public void The_release_bounces_as_well()
    {
        using ContactButton button = Listen();
        Hold(200);
        foreach (bool isClosed in (bool[])[true, false, true, false])
        {
            _pins.Contact(Pin, isClosed);
            Wait(3);
        }
        Wait(1000);
        Assert.Equal(1, _presses);
    }

    /// <summary>A wire beside the mains closes 50 times in a second, for nearly 10 ms.</summary>
    [Fact]
    public void The_mains_on_the_wire_is_no_press()
    {
        using ContactButton button = Listen();
        for (int i = 0; i < 250; i++)
        {
            _pins.Contact(Pin, isClosed: true);
            Wait(9);
            _pins.Contact(Pin, isClosed: false);
            Wait(11);
        }
        Assert.Equal(0, _presses);
        Hold(100);
        Assert.Equal(1, _presses);
    }

    [Fact]
    public void What_is_shorter_than_a_finger_is_no_press()
    {
        using ContactButton button = Listen();
        Hold(20);
        Wait(500);
        Assert.Equal(0, _presses);
    }

    [Fact]
    public void A_contact_that_is_closed_at_the_start_is_no_press()
    {
        _pins.Contact(Pin, isClosed: true);
        using ContactButton button = Listen();
        Wait(500);
        Assert.Equal(0, _presses);
        _pins.Contact(Pin, isClosed: false);
        Wait(100);
        Hold(100);
        Assert.Equal(1, _presses);
    }

    [Fact]
    public void The_pin_is_pulled_up_by_the_chip_and_free_again_at_the_end()
    {
        using (Listen()) Assert.Equal(PinMode.InputPullUp, _pins.ModeOf(Pin));
        Assert.Null(_pins.ModeOf(Pin));
        _pins.Contact(Pin, isClosed: true);
        Wait(100);
        Assert.Equal(0, _presses);
    }

    [Fact]
    public void A_pin_that_cannot_be_read_any_more_is_told_of_and_throws_at_nobody()
    {
        using ContactButton button = Listen();
        _pins.Faults[Pin] = new IOException("Error 19: no such device");
        _pins.Contact(Pin, isClosed: true);
        Wait(30);
        Assert.Equal(0, _presses);
        Assert.IsType<IOException>(Assert.Single(_faults));
    }

    public void Dispose() => _controller.Dispose();

    private ContactButton Listen() => new(_controller, Pin, _clock, () => _presses++, _faults.Add);

    private void Hold(int milliseconds)
    {
        _pins.Contact(Pin, isClosed: true);
        Wait(milliseconds);
        _pins.Contact(Pin, isClosed: false);
        Wait(30);
    }

    private void Wait(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
