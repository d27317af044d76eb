using System.Device.Gpio;

namespace DoorbellFace.Gpio.Tests;

/// <summary>
/// The pins of a chip, under the real controller and the real bindings: what is written is noted, a contact can be closed and opened, and a
/// pin can be made to fail.
/// </summary>
internal sealed class SimulatedPins : GpioDriver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, PinValue> _levels = [];
    private readonly Dictionary<int, List<(PinEventTypes Types, PinChangeEventHandler Handler)>> _handlers = [];
    private readonly List<(int Pin, PinValue Level)> _written = [];

    /// <summary>Thrown by whatever touches this pin.</summary>
    public Dictionary<int, Exception> Faults { get; } = [];

    /// <summary>Told of each level that is written.</summary>
    public Action<int, PinValue>? Written { get; set; }

    protected override int PinCount => 64;

    public IReadOnlyList<PinValue> WrittenTo(int pin)
    {
        lock (_gate) return [.. _written.Where(write => write.Pin == pin).Select(write => write.Level)];
    }

    public PinValue LevelOf(int pin)
    {
        lock (_gate) return _levels.GetValueOrDefault(pin);
    }

    public PinMode? ModeOf(int pin)
    {
        lock (_gate) return _modes.TryGetValue(pin, out PinMode mode) ? mode : null;
    }

    /// <summary>A contact between the pin and ground closes or opens, and the chip tells of the edge.</summary>
    public void Contact(int pin, bool isClosed)
    {
        PinChangeEventHandler[] told;
        PinEventTypes edge = isClosed ? PinEventTypes.Falling : PinEventTypes.Rising;
        lock (_gate)
        {
            _levels[pin] = isClosed ? PinValue.Low : PinValue.High;
            told = [.. (_handlers.GetValueOrDefault(pin) ?? []).Where(one => one.Types.HasFlag(edge)).Select(one => one.Handler)];
        }
        foreach (PinChangeEventHandler handler in told) handler(this, new PinValueChangedEventArgs(edge, pin));
    }

    protected override void OpenPin(int pinNumber) => Check(pinNumber);

    protected override void ClosePin(int pinNumber)
    {
        lock (_gate) _modes.Remove(pinNumber);
    }

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        Check(pinNumber);
        lock (_gate)
        {
            _modes[pinNumber] = mode;
            if (mode == PinMode.InputPullUp) _levels.TryAdd(pinNumber, PinValue.High);
        }
    }

    protected override PinMode GetPinMode(int pinNumber) =>
        ModeOf(pinNumber) ?? throw new InvalidOperationException("The pin is not open.");

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber)
    {
        Check(pinNumber);
        return LevelOf(pinNumber);
    }

    protected override void Write(int pinNumber, PinValue value)
    {
        Check(pinNumber);
        lock (_gate)
        {
            _levels[pinNumber] = value;
            _written.Add((pinNumber, value));
        }
        Written?.Invoke(pinNumber, value);
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing here waits for an edge.");

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        Check(pinNumber);
        lock (_gate)
        {
            if (!_handlers.ContainsKey(pinNumber)) _handlers[pinNumber] = [];
            _handlers[pinNumber].Add((eventTypes, callback));
        }
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        lock (_gate) _handlers.GetValueOrDefault(pinNumber)?.RemoveAll(one => one.Handler == callback);
    }

    private void Check(int pin)
    {
        if (Faults.TryGetValue(pin, out Exception? fault)) throw fault;
    }
}
