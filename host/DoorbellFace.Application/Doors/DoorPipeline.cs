using System.Diagnostics;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// From link events to visit events: looks at frames, tells the tracker, and hands on what it answers. Synchronous and without a
/// clock of its own, so that the running door and the replay of a recording run the very same code. Not thread-safe: one worker owns it.
/// </summary>
/// <param name="recognizer">Looks at frames; null when no network could be loaded: visits are then answered unseen.</param>
/// <param name="tracker">Follows the visits.</param>
/// <param name="publish">Told of each visit event, with the best picture of the visit so far or null.</param>
public sealed class DoorPipeline(FaceRecognizer? recognizer, VisitTracker tracker, Action<VisitEvent, VisitPicture?> publish)
{
    private readonly PictureMotion _motion = new();
    private FaceRecognizer? _recognizer = recognizer;
    private VisitPicture? _picture;
    private float _pictureWeight;

    /// <summary>Called after each frame that was looked at: the frame, its faces, and how long it took.</summary>
    public Action<FrameReceived, IReadOnlyList<RecognizedFace>, TimeSpan>? FrameLookedAt { get; init; }

    /// <summary>Called when the networks fail on a frame. Without it the failure is thrown.</summary>
    public Action<Exception>? FrameFailed { get; init; }

    /// <summary>Whether a frame that belongs to no visit is only watched, and begins none; without it every frame is looked at.</summary>
    public Func<FrameReceived, bool>? IsOnlyWatched { get; init; }

    /// <summary>Takes away the faces that are nobody's, such as a picture on the wall; without it every face is a visitor's.</summary>
    public Func<IReadOnlyList<RecognizedFace>, PixelBuffer, IReadOnlyList<RecognizedFace>>? Overlook { get; init; }

    /// <summary>Counts what came of the frames and visits.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>The visit that goes on, or null.</summary>
    public VisitRecord? Current => tracker.Current;

    /// <summary>A visit waits for an answer, or for a better one; otherwise frames are not needed.</summary>
    public bool NeedsFrames =>
        _recognizer is not null && tracker.Current
            is
            {
                Outcome: VisitOutcome.Open or VisitOutcome.NoFace or VisitOutcome.Moving or VisitOutcome.Dark or VisitOutcome.Covered
                    or VisitOutcome.Uncertain
            };

    /// <summary>A visit has had no answer yet, and frames would give one.</summary>
    public bool AwaitsFrames => _recognizer is not null && tracker.Current is { Outcome: VisitOutcome.Open };

    /// <summary>Looks and decides by other networks or other people from now on.</summary>
    /// <param name="by">Looks at frames; null: nothing does.</param>
    /// <param name="policy">Decides who it is.</param>
    /// <param name="isSameModel">Whether embeddings of before still count.</param>
    public void Use(FaceRecognizer? by, IMatchPolicy policy, bool isSameModel)
    {
        _recognizer = by;
        tracker.Use(policy, isSameModel);
    }

    /// <summary>Strips the visit that goes on of a person who was removed.</summary>
    /// <returns>The visit as it stands then; null when it was not theirs.</returns>
    public VisitRecord? Forget(IReadOnlySet<PersonId> removed)
    {
        if (!tracker.Forget(removed)) return null;
        ForgetPicture();
        return tracker.Current;
    }

    /// <summary>Takes one event of the link.</summary>
    public void Handle(LinkEvent linkEvent)
    {
        switch (linkEvent)
        {
            case BellReceived { IsNew: true } bell:
                Counters.Rings++;
                Publish(tracker.Ring(bell.At));
                if (_recognizer is null) Publish(tracker.AnswerUnseen(bell.At));
                break;
            case FrameReceived frame when tracker.Current is null && IsOnlyWatched?.Invoke(frame) == true:
                break;
            case FrameReceived { ShowsTestBars: false } frame:
                LookAt(frame);
                break;
            case FrameRefused refused:
                Counters.FramesRefused++;
                Publish(tracker.ObserveDamaged(refused.At));
                break;
            default:
                Publish(tracker.Tick(linkEvent.At));
                break;
        }
    }

    /// <summary>Somebody asks who is there: the frames that come are looked at as if the bell had rung.</summary>
    public void Look(DateTimeOffset at) => Publish(tracker.Look(at));

    /// <summary>Lets time pass without events.</summary>
    public void Tick(DateTimeOffset now) => Publish(tracker.Tick(now));

    /// <summary>No more events will come.</summary>
    public void Finish(DateTimeOffset at) => Publish(tracker.Finish(at));

    private void LookAt(FrameReceived frame)
    {
        if (_recognizer is null)
        {
            KeepIfBetter(frame.Frame.Pixels, []);
            Publish(tracker.ObserveFailed(frame.At));
            return;
        }
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<RecognizedFace> faces;
        try
        {
            faces = _recognizer.Recognize(frame.Frame.Pixels);
            faces = Overlook?.Invoke(faces, frame.Frame.Pixels) ?? faces;
        }
#pragma warning disable CA1031 // Whatever a network does on one frame, the door goes on.
        catch (Exception error) when (FrameFailed is not null)
#pragma warning restore CA1031
        {
            Counters.FramesFailed++;
            FrameFailed(error);
            Publish(tracker.ObserveFailed(frame.At));
            return;
        }
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        Counters.FramesLookedAt++;
        if (faces.Count > 0) Counters.FramesWithFace++;
        FrameLookedAt?.Invoke(frame, faces, took);

        VisitStart start = frame.Trigger == FrameTrigger.Motion ? VisitStart.Motion : VisitStart.Face;
        IReadOnlyList<VisitEvent> events =
            tracker.Observe(
                frame.At, faces, start, faces.Count == 0 ? PictureLight.Of(frame.Frame.Pixels).Verdict : LightVerdict.Right,
                tracker.Current is not null && _motion.Look(frame.Frame.Pixels));
        if (events.Any(visitEvent => visitEvent is VisitStarted)) ForgetPicture();
        KeepIfBetter(frame.Frame.Pixels, faces);
        Publish(events);
    }

    /// <summary>The picture of a visit is the frame with the largest face; without any face, the latest frame.</summary>
    private void KeepIfBetter(PixelBuffer pixels, IReadOnlyList<RecognizedFace> faces)
    {
        if (tracker.Current is { Outcome: VisitOutcome.Forgotten }) return;
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
            publish(visitEvent, _picture);
            if (visitEvent is VisitEnded) ForgetPicture();
            if (visitEvent is VisitStarted or VisitEnded) _motion.Forget();
        }
    }

    private void ForgetPicture()
    {
        _picture = null;
        _pictureWeight = 0;
    }
}
