using System.Runtime.CompilerServices;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>
/// A doorbell in simulated time: the clock goes on only when the door has dealt with all that came before. Its frames come as those of mode
/// 4 at 1 Mbit/s do: the first whole one 0.52 s after the press, then two a second until the host has had enough, or for 15 s.
/// </summary>
internal sealed class SceneLink(FakeTimeProvider clock) : IDoorLink
{
    private const int Step = 20, TickEvery = 240, FirstFrame = 520, FrameEvery = 500, StreamFor = 15_000;

    private readonly List<(int At, Func<LinkEvent?> Do)> _script = [];
    private PixelBuffer _picture = Scenes.EmptyPorch;
    private int _streamEnds, _nextFrame, _press, _now;
    private FrameTrigger _trigger;
    private volatile bool _isAsked;

    public bool IsUp => true;

    public bool IsLent => false;

    public LinkStatistics Statistics => new();

    public long FramesSkipped => 0;

    public Action<BellReceived>? PressHeard { get; set; }

    public Func<BellReceived, Task>? KeepRing { get; set; }

    /// <summary>Awaited before the scene begins, while the door ticks.</summary>
    public Func<bool> IsReady { get; set; } = () => true;

    /// <summary>The door that listens.</summary>
    public RunningDoor? Door { get; set; }

    /// <summary>From then on the camera sees this.</summary>
    public void See(double seconds, PixelBuffer picture) => At(seconds, () =>
    {
        _picture = picture;
        return null;
    });

    /// <summary>The button is pressed.</summary>
    public void Press(double seconds) => At(seconds, () =>
    {
        Stream(FrameTrigger.Bell);
        var bell = new BellReceived(clock.GetUtcNow(), new BellPacket(1, ++_press), IsNew: true);
        PressHeard?.Invoke(bell);
        return bell;
    });

    /// <summary>Somebody indoors asks something of the door for which it wants frames.</summary>
    public void Ask(double seconds, Func<RunningDoor, Task> ask) => At(seconds, () =>
    {
        _isAsked = true;
        _ = ask(Door!);
        return null;
    });

    /// <summary>The cable is pulled out.</summary>
    public void Unplug(double seconds) => At(seconds, () => new LinkDown(clock.GetUtcNow(), LinkFault.Unplugged, "The cable was pulled."));

    /// <summary>The cable is in.</summary>
    public void PlugIn(double seconds) => At(seconds, Up);

    /// <summary>Nothing happens until then, and the scene ends.</summary>
    public void End(double seconds) => At(seconds, () => null);

    public async IAsyncEnumerable<LinkEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DateTimeOffset start = clock.GetUtcNow();
        yield return Up();
        while (!IsReady())
        {
            yield return new StatusReceived(start, default);
            await Task.Delay(10, cancellationToken);
        }
        for (int next = 0; next < _script.Count; _now += Step)
        {
            clock.SetUtcNow(start.AddMilliseconds(_now));
            while (next < _script.Count && _script[next].At <= _now)
            {
                if (_script[next++].Do() is { } happened) yield return happened;
                // The clock stands still until the door has taken the question.
                while (_isAsked)
                {
                    yield return new StatusReceived(clock.GetUtcNow(), default);
                    await Task.Delay(1, cancellationToken);
                }
            }
            if (_now < _streamEnds && _now == _nextFrame)
            {
                _nextFrame += FrameEvery;
                yield return new FrameReceived(clock.GetUtcNow(), new Frame(_picture, _now, clock.GetUtcNow(), []), _trigger, false,
                    null);
            }
            else if (_now % TickEvery == 0) yield return new StatusReceived(clock.GetUtcNow(), default);
        }
    }

    public Task LendAsync(Action<string?> lent, CancellationToken giveBack) => throw new NotSupportedException();

    public Task<bool> SendAsync(HostCommand command, CancellationToken cancellationToken)
    {
        if (command == HostCommand.StreamOff) (_streamEnds, _nextFrame) = (0, 0);
        if (command == HostCommand.StreamOn) Stream(FrameTrigger.Stream);
        return Task.FromResult(true);
    }

    private void Stream(FrameTrigger trigger)
    {
        _streamEnds = _now + StreamFor;
        if (_nextFrame <= _now) _nextFrame = _now + FirstFrame;
        _trigger = trigger;
        _isAsked = false;
    }

    private LinkUp Up() => new(clock.GetUtcNow(), "the scene", null);

    private void At(double seconds, Func<LinkEvent?> happens) => _script.Add(((int)(seconds * 1000), happens));
}
