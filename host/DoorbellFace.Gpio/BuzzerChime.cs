using System.Device.Gpio;
using System.Device.Pwm.Drivers;
using Iot.Device.Buzzer;

namespace DoorbellFace.Gpio;

/// <summary>The chime's two tones on a passive buzzer, by pulses that the program makes itself.</summary>
internal sealed class BuzzerChime : IDisposable
{
    /// <summary>The tones, in hertz, and how long each sounds: E5 and C5, as the chime of the loudspeaker has them.</summary>
    private static readonly (double Hertz, TimeSpan Lasts)[] Tones =
        [(659, TimeSpan.FromMilliseconds(420)), (523, TimeSpan.FromMilliseconds(700))];

    private readonly Lock _gate = new();
    private readonly Buzzer _buzzer;
    private readonly ITimer _next;
    private readonly Action<Exception> _failed;
    private int _tone = Tones.Length;
    private bool _isOver;

    /// <summary>Opens the pin.</summary>
    /// <param name="controller">Belongs to the caller.</param>
    /// <param name="pin">Which.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Called when the pin cannot be written.</param>
    public BuzzerChime(GpioController controller, int pin, TimeProvider time, Action<Exception> failed)
    {
        _failed = failed;
        _next = time.CreateTimer(_ => Next(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _buzzer = new Buzzer(
            new SoftwarePwmChannel(pin, frequency: 659, dutyCycle: 0.5, usePrecisionTimer: false, controller, shouldDispose: false));
    }

    /// <summary>Sounds from the first tone on. Returns at once and never throws.</summary>
    public void Sound()
    {
        lock (_gate) _tone = 0;
        Next();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isOver) return;
            _isOver = true;
            _buzzer.Dispose();
        }
        _next.Dispose();
    }

    private void Next()
    {
        try
        {
            lock (_gate)
            {
                if (_isOver) return;
                if (_tone >= Tones.Length)
                {
                    _buzzer.StopPlaying();
                    return;
                }
                _buzzer.StartPlaying(Tones[_tone].Hertz);
                _next.Change(Tones[_tone++].Lasts, Timeout.InfiniteTimeSpan);
            }
        }
#pragma warning disable CA1031 // Neither the bell's task nor the clock's may be thrown at.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
        }
    }
}
