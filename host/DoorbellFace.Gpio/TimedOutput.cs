using System.Device.Gpio;

namespace DoorbellFace.Gpio;

/// <summary>A pin that is switched on for a while: a relay, a light. Switched on again meanwhile, it stays on for longer.</summary>
internal sealed class TimedOutput : IDisposable
{
    private readonly Lock _gate = new();
    private readonly GpioController _controller;
    private readonly int _pin;
    private readonly PinValue _on;
    private readonly TimeSpan _lasts;
    private readonly Action<Exception> _failed;
    private readonly ITimer _over;
    private bool _isOver;

    /// <summary>Opens the pin, switched off.</summary>
    /// <param name="controller">Belongs to the caller.</param>
    /// <param name="pin">Which.</param>
    /// <param name="isActiveLow">It is on while the pin is low.</param>
    /// <param name="lasts">How long it is on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Called when the pin cannot be written.</param>
    public TimedOutput(
        GpioController controller, int pin, bool isActiveLow, TimeSpan lasts, TimeProvider time, Action<Exception> failed)
    {
        (_controller, _pin, _lasts, _failed) = (controller, pin, lasts, failed);
        _on = isActiveLow ? PinValue.Low : PinValue.High;
        // Its level comes with its direction: a relay must not click when the program starts.
        controller.OpenPin(pin, PinMode.Output, !_on);
        _over = time.CreateTimer(_ => Write(!_on), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Switches it on. Returns at once and never throws.</summary>
    public void On()
    {
        Write(_on);
        lock (_gate) if (!_isOver) _over.Change(_lasts, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Write(!_on);
        lock (_gate) _isOver = true;
        _over.Dispose();
    }

    private void Write(PinValue level)
    {
        try
        {
            lock (_gate) if (!_isOver) _controller.Write(_pin, level);
        }
#pragma warning disable CA1031 // Neither the bell's task nor the clock's may be thrown at.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
        }
    }
}
