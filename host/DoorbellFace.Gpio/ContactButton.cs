using System.Device.Gpio;
using Iot.Device.Button;

namespace DoorbellFace.Gpio;

/// <summary>
/// A button between a pin and ground. A press counts when the contact has been closed, without a change, for
/// <see cref="Settles"/>: contacts bounce, and a long wire picks up the mains. The binding's own debouncing reads the clock on the wall and
/// takes the first edge whatever follows, so it is switched off.
/// </summary>
internal sealed class ContactButton : IDisposable
{
    /// <summary>Longer than a contact bounces (5 ms), and longer than one period of the mains at 50 Hz (20 ms).</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly GpioController _controller;
    private readonly int _pin;
    private readonly Action _pressed;
    private readonly Action<Exception> _failed;
    private readonly GpioButton _button;
    private readonly ITimer _settled;
    private bool _isClosed, _isOver;

    /// <summary>Begins to listen.</summary>
    /// <param name="controller">Belongs to the caller.</param>
    /// <param name="pin">Which.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pressed">Called once for each press, on a thread of the clock's.</param>
    /// <param name="failed">Called when the pin cannot be read.</param>
    public ContactButton(GpioController controller, int pin, TimeProvider time, Action pressed, Action<Exception> failed)
    {
        (_controller, _pin, _pressed, _failed) = (controller, pin, pressed, failed);
        _settled = time.CreateTimer(_ => Settled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _button = new GpioButton(pin, isPullUp: true, hasExternalResistor: false, controller, shouldDispose: false, TimeSpan.Zero);
        // A button that is closed when the program starts is no press: somebody leans on it, or its wire is short.
        _isClosed = controller.Read(pin) == PinValue.Low;
        _button.ButtonDown += Changed;
        _button.ButtonUp += Changed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _isOver = true;
        _settled.Dispose();
        _button.Dispose();
    }

    private void Changed(object? sender, EventArgs change)
    {
        lock (_gate) if (!_isOver) _settled.Change(Settles, Timeout.InfiniteTimeSpan);
    }

    private void Settled()
    {
        bool isPress;
        try
        {
            lock (_gate)
            {
                if (_isOver) return;
                bool isClosed = _controller.Read(_pin) == PinValue.Low;
                isPress = isClosed && !_isClosed;
                _isClosed = isClosed;
            }
            if (isPress) _pressed();
        }
#pragma warning disable CA1031 // On a thread of the clock's nothing may be thrown.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
        }
    }
}
