using System.Collections.Concurrent;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>What happened at the door: the truth that a host's result can be held against.</summary>
/// <param name="RangAt">When the visitor pressed the button (the last time, if the device was reset in between).</param>
/// <param name="Boot">Number of the device's start at the press.</param>
/// <param name="Press">Number of the press; 0 when the device never came up.</param>
/// <param name="AcknowledgedAfter">Time from the press to the host's acknowledgement; null when none came.</param>
/// <param name="Frames">Sequence numbers of the frames that show the visitor from begin to end.</param>
public sealed record SimulatedVisit(DateTimeOffset RangAt, int Boot, int Press, TimeSpan? AcknowledgedAfter, IReadOnlyList<int> Frames);

/// <summary>Lets visitors come to a virtual doorbell, one after the other: arrive, ring, stay until the frames are taken, leave.</summary>
public sealed class VisitPlayer
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ConcurrentQueue<FrameSent> _framesEnded = new();
    private VirtualDevice? _device;
    private readonly ConcurrentQueue<(int Boot, int Press)> _acknowledged = new();
    private volatile PixelBuffer _scene = Scenes.EmptyPorch;

    /// <summary>Nobody is at the door yet.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long a visitor waits for a host that does not acknowledge the ring.</param>
    public VisitPlayer(TimeProvider time, TimeSpan patience) => (_time, _patience) = (time, patience);

    /// <summary>What the camera sees now; to be given to the device.</summary>
    public PixelBuffer Scene() => _scene;

    /// <summary>Joins it to the device whose camera sees this.</summary>
    public void Attach(VirtualDevice device)
    {
        _device = device;
        device.FrameEnded += _framesEnded.Enqueue;
        device.PressAcknowledged += (boot, press) => _acknowledged.Enqueue((boot, press));
    }

    /// <summary>One visitor: until the run of frames has been sent and the ring acknowledged, or patience is at its end.</summary>
    public async Task<SimulatedVisit> PlayAsync(PixelBuffer visitor, CancellationToken cancellationToken)
    {
        VirtualDevice device = _device ?? throw new InvalidOperationException("Attach the player to its device first.");
        _scene = visitor;
        _framesEnded.Clear();
        _acknowledged.Clear();
        long arrivedAt = _time.GetTimestamp(), rangTimestamp = arrivedAt;
        (int Boot, int Press) press = (device.Boot, 0);
        DateTimeOffset rangAt = _time.GetUtcNow();
        TimeSpan? acknowledgedAfter = null;
        while (_time.GetElapsedTime(arrivedAt) < _patience)
        {
            // A device that was reset before the host heard of the press has forgotten it: the visitor rings again.
            if (press.Press == 0 || (acknowledgedAfter is null && device.Boot != press.Boot))
            {
                (press, rangAt, rangTimestamp) = (device.Press(), _time.GetUtcNow(), _time.GetTimestamp());
            }
            while (_acknowledged.TryDequeue(out (int, int) acknowledged))
            {
                if (acknowledged == press) acknowledgedAfter ??= _time.GetElapsedTime(rangTimestamp);
            }
            bool runIsOver = press.Press != 0 && !device.IsRunning;
            await Task.Delay(LookEvery, _time, cancellationToken).ConfigureAwait(false);
            if (acknowledgedAfter is not null && runIsOver) break;
        }
        _scene = Scenes.EmptyPorch;
        List<int> frames =
        [
            .. _framesEnded.Where(frame => frame.Boot == press.Boot && frame.Press == press.Press && frame.Trigger == FrameTrigger.Bell)
                .Select(frame => frame.Sequence),
        ];
        return new SimulatedVisit(rangAt, press.Boot, press.Press, acknowledgedAfter, frames);
    }
}
