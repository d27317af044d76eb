using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <content>What a page sees: a few references that the worker replaces and anybody may read. It costs the ring nothing but the writing of
/// them.</content>
public sealed partial class RunningDoor
{
    private volatile DoorPicture? _picture;
    private volatile VisitRecord? _viewed;
    private volatile LinkUp? _up;
    private volatile LinkDown? _down;
    private long _pictures;
    private int _watchers;

    /// <inheritdoc/>
    public DoorPicture? Picture => _picture;

    /// <inheritdoc/>
    public DoorFacts Facts
    {
        get
        {
            bool isUp = _parts.Link.IsUp;
            (LinkUp? up, DoorStatus status) = (isUp ? _up : null, Status);
            return new DoorFacts(
                _parts.Door, isUp, up?.Name, up?.Hello, isUp ? null
                    : _down?.Reason, _parts.Link.Statistics, _picture?.At, status.Names, status.Trouble, _parts.Voice.OutputDescription,
                status.LastSaid, _viewed);
        }
    }

    /// <inheritdoc/>
    public IDisposable Watch()
    {
        if (Interlocked.Increment(ref _watchers) == 1) _ = _parts.Link.SendAsync(HostCommand.StreamOn, CancellationToken.None);
        return new Watcher(this);
    }

    /// <inheritdoc/>
    public async Task<string> RingForTrialAsync(CancellationToken stop)
    {
        if (!_parts.Link.IsUp) throw NoDoorbell();
        // Whoever tries the bell wants to hear it, whatever the hour.
        Chime(100);
        return await LookAsync(stop).ConfigureAwait(false);
    }

    private bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Somebody wants frames, whether a visit does or not.</summary>
    private bool IsStreamWanted => IsWatched || _lesson is not null || _enrolment is not null;

    /// <summary>
    /// What was asked for by a press, a look or a movement is looked at as always; what merely streams because somebody watches is not.
    /// </summary>
    private bool IsOnlyWatched(FrameReceived frame) => frame.Trigger == FrameTrigger.Stream && (IsWatched || _lesson is not null);

    private Task<bool> SendFromWorkerAsync(HostCommand command, CancellationToken stop) =>
        command == HostCommand.StreamOff && IsStreamWanted
            ? Task.FromResult(true)
            : _parts.Link.SendAsync(command, stop);

    private void HearForView(LinkEvent happened)
    {
        switch (happened)
        {
            case LinkUp up:
                _up = up;
                // The doorbell forgot that it was asked for frames.
                if (IsStreamWanted) _ = _parts.Link.SendAsync(HostCommand.StreamOn, CancellationToken.None);
                break;
            case LinkDown down:
                (_down, _picture) = (down, null);
                break;
            case FrameReceived { ShowsTestBars: false } frame:
                _picture = new DoorPicture(++_pictures, _time.Shown(frame.At), frame.Frame.Pixels, []);
                break;
            default:
                break;
        }
    }

    private void FrameLookedAt(FrameReceived frame, IReadOnlyList<RecognizedFace> faces, TimeSpan took)
    {
        if (_picture is { } picture && ReferenceEquals(picture.Pixels, frame.Frame.Pixels))
            _picture = picture with { Faces = [.. faces.Select(face => face.Detection.Box)] };
        LookForWall(frame, faces);
        Tell(new FrameLookedAt(
            _parts.Door, _time.Shown(frame.At), frame.Frame.Sequence, frame.Frame.ConcealedRows.Count, faces.Count, took));
    }

    private void ViewVisit(VisitEvent shown)
    {
        _viewed = shown is VisitEnded ? null : shown.Visit;
        if (shown is VisitEnded && !IsWatched) _picture = null;
    }

    private sealed class Watcher(RunningDoor door) : IDisposable
    {
        private int _isGone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGone, 1) == 1 || Interlocked.Decrement(ref door._watchers) > 0) return;
            if (door._viewed is null) _ = door.SendFromWorkerAsync(HostCommand.StreamOff, CancellationToken.None);
        }
    }
}
