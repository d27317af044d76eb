using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Serial;
using DoorbellFace.Host.Speech;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Everything of <c>./doorbell run</c> and <c>./doorbell demo</c> joined: link, recognition, visits, speech, screen, and whatever sinks are added.</summary>
internal sealed class DoorDaemon
{
    private readonly DoorbellLink _link;
    private readonly SpeechQueue _speaker;
    private readonly SpeechSink _speech;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly bool _json;
    private readonly DoorWorker _worker;

    /// <summary>Joins the parts; the caller owns and disposes them.</summary>
    /// <param name="recognition">Cascade and model.</param>
    /// <param name="link">The line to the doorbell.</param>
    /// <param name="speaker">The voice.</param>
    /// <param name="sinks">Who else wants to know of visits; they are told before the screen and the voice.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="json">Write events as JSON lines instead of text.</param>
    public DoorDaemon(RecognitionSetup recognition, DoorbellLink link, SpeechQueue speaker, IReadOnlyList<IVisitSink> sinks, TimeProvider time, ILogger log, bool json)
    {
        (_link, _speaker, _time, _log, _json) = (link, speaker, time, log, json);
        var planner = new AnnouncementPlanner();
        _speech = new SpeechSink(planner, speaker);
        // The voice first: what takes time (a picture, the disk) must not delay the name.
        var pipeline = new DoorPipeline(recognition.Recognizer, recognition.CreateTracker(), [_speech, new ScreenSink(json, planner), .. sinks], SinkFailed)
        {
            FrameLookedAt = (frame, faces, took) => Line(new { @event = "frame", frame.At, frame.Frame.Sequence, concealed_rows = frame.Frame.ConcealedRows.Count, faces = faces.Count, ms = took.TotalMilliseconds }),
        };
        Counters = pipeline.Counters;
        _worker = new DoorWorker(pipeline, time)
        {
            PressHeard = PressHeard,
            LinkEventHeard = Heard,
            Send = link.SendAsync,
        };
    }

    /// <summary>What came of frames and visits.</summary>
    public PipelineCounters Counters { get; }

    /// <summary>Works until <paramref name="stop"/> is set; then a visit that goes on is answered and ended, and what is to be said is said.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (_json)
        {
            _speaker.ChimeStarted += at => Line(new { @event = "chime_started", at });
            _speaker.UtteranceStarted += SpeechStarted;
        }
        _speaker.Finished += (announcement, _, _) => _speech.Forget(announcement);
        try
        {
            await _worker.RunAsync(_link.ReadEventsAsync(stop), stop).ConfigureAwait(false);
        }
        finally
        {
            Line(new { @event = "end", at = _time.GetUtcNow(), link = _link.Statistics, counters = Counters, speech = _speaker.Counters });
            await _speaker.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void PressHeard(BellReceived bell)
    {
        _speaker.Chime();
        Line(new { @event = "bell", bell.At, bell.Bell.Press, bell.Bell.Boot });
    }

    private void Heard(LinkEvent happened)
    {
        switch (happened)
        {
            case LinkUp up:
                Line(new { @event = "link_up", up.At, up.Name, up.Hello });
                break;
            case LinkDown down:
                Line(new { @event = "link_down", down.At, down.Reason });
                break;
            case FrameRefused refused:
                Line(new { @event = "frame_refused", refused.At, refused.Sequence, refused.Reason });
                if (!_json) _log.LogInformation("A frame arrived too damaged: {Reason}", refused.Reason);
                break;
            case LogReceived log:
                _log.LogInformation("The doorbell says: {Text}", log.Log.Text);
                break;
        }
    }

    private void SpeechStarted(Announcement announcement, DateTimeOffset at)
    {
        VisitEvent? answer = _speech.AnsweredBy(announcement);
        Line(new { @event = "speech_started", at, announcement.Text, visit = answer?.Visit.Id, latency_ms = answer is null ? (double?)null : (at - answer.At).TotalMilliseconds });
    }

    private void SinkFailed(IVisitSink sink, Exception error) => _log.LogError(error, "{Sink} failed.", sink.GetType().Name);

    private void Line<T>(T happening)
    {
        if (_json) Screen.WriteJsonLine(happening);
    }
}
