using System.Diagnostics;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// From link events to visit events: looks at frames, tells the tracker, and hands what it answers to the sinks. Synchronous and without a
/// clock of its own, so that the daemon and the replay of a recording run the very same code. Not thread-safe: one worker owns it.
/// </summary>
internal sealed class DoorPipeline
{
    private readonly FaceRecognizer _recognizer;
    private readonly VisitTracker _tracker;
    private readonly IReadOnlyList<IVisitSink> _sinks;
    private readonly Action<IVisitSink, Exception> _sinkFailed;

    private VisitPicture? _picture;
    private float _pictureWeight;

    /// <summary>Joins the parts; <paramref name="sinkFailed"/> is told when a sink throws.</summary>
    public DoorPipeline(FaceRecognizer recognizer, VisitTracker tracker, IReadOnlyList<IVisitSink> sinks, Action<IVisitSink, Exception> sinkFailed)
    {
        _recognizer = recognizer;
        _tracker = tracker;
        _sinks = sinks;
        _sinkFailed = sinkFailed;
    }

    /// <summary>Called after each frame that was looked at: the frame, its faces, and how long it took.</summary>
    public Action<FrameReceived, IReadOnlyList<RecognizedFace>, TimeSpan>? FrameLookedAt { get; init; }

    /// <summary>Counts what came of the frames and visits.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>Nobody is at the door, or the visitor has been answered for: frames are no longer needed.</summary>
    public bool NeedsFrames => _tracker.Current is { Outcome: VisitOutcome.Open or VisitOutcome.NoFace or VisitOutcome.Uncertain };

    /// <summary>Takes one event of the link.</summary>
    public void Handle(LinkEvent linkEvent)
    {
        switch (linkEvent)
        {
            case BellReceived { IsNew: true } bell:
                Counters.Rings++;
                Publish(_tracker.Ring(bell.At));
                break;
            case FrameReceived { ShowsTestBars: false } frame:
                LookAt(frame);
                break;
            case FrameRefused refused:
                Counters.FramesRefused++;
                Publish(_tracker.ObserveDamaged(refused.At));
                break;
            default:
                Publish(_tracker.Tick(linkEvent.At));
                break;
        }
    }

    /// <summary>Lets time pass without events.</summary>
    public void Tick(DateTimeOffset now) => Publish(_tracker.Tick(now));

    /// <summary>No more events will come.</summary>
    public void Finish(DateTimeOffset at) => Publish(_tracker.Finish(at));

    private void LookAt(FrameReceived frame)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<RecognizedFace> faces = _recognizer.Recognize(frame.Frame.Pixels);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        Counters.FramesLookedAt++;
        if (faces.Count > 0) Counters.FramesWithFace++;
        FrameLookedAt?.Invoke(frame, faces, took);

        VisitStart start = frame.Trigger == FrameTrigger.Motion ? VisitStart.Motion : VisitStart.Face;
        IReadOnlyList<VisitEvent> events = _tracker.Observe(frame.At, faces, start);
        if (events.Any(visitEvent => visitEvent is VisitStarted)) ForgetPicture();
        KeepIfBetter(frame.Frame.Pixels, faces);
        Publish(events);
    }

    /// <summary>The picture of a visit is the frame with the largest face; without any face, the latest frame.</summary>
    private void KeepIfBetter(PixelBuffer pixels, IReadOnlyList<RecognizedFace> faces)
    {
        float weight = faces.Count > 0 ? faces[0].Vote.Weight : 0;
        if (_picture is not null && weight < _pictureWeight) return;
        _picture = new VisitPicture(pixels, faces.Count > 0 ? faces[0].Detection : null);
        _pictureWeight = weight;
    }

    private void Publish(IReadOnlyList<VisitEvent> events)
    {
        foreach (VisitEvent visitEvent in events)
        {
            if (visitEvent is VisitStarted { Visit.StartedBy: VisitStart.Ring }) ForgetPicture();
            Counters.Count(visitEvent);
            foreach (IVisitSink sink in _sinks) Tell(sink, visitEvent);
            if (visitEvent is VisitEnded) ForgetPicture();
        }
    }

    private void Tell(IVisitSink sink, VisitEvent visitEvent)
    {
        try
        {
            sink.Receive(visitEvent, _picture);
        }
#pragma warning disable CA1031 // A visit log on a full disk must not keep the name from being spoken: any failure of one sink stays with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _sinkFailed(sink, error);
        }
    }

    private void ForgetPicture()
    {
        _picture = null;
        _pictureWeight = 0;
    }
}
