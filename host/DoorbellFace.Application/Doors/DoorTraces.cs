using System.Diagnostics;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Each visit as one trace, from the ring to the last word about it, for whoever listens to the source; where nobody does, nothing is made,
/// and nothing is sent anywhere by itself. No name and no sentence is in it.
/// </summary>
public sealed class DoorTraces : IDoorSubscriber, IDisposable
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "DoorbellFace.Door";

    private readonly ActivitySource _source = new(SourceName);
    private Activity? _visit;
    private (VisitId Id, ActivityContext Context) _of;

    /// <inheritdoc/>
    public string Name => "the traces of visits";

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case VisitChanged { Happened: VisitStarted started }:
                Begin(happened, started.Visit);
                break;
            case ChimeSounded:
                Note(happened, "chime");
                break;
            case FrameLookedAt frame when _visit is not null:
                Part("look", frame.At, frame.At + frame.Took, ("doorbell.faces", frame.Faces), ("doorbell.frame", frame.Sequence));
                break;
            case FrameDamaged when _visit is not null:
                Note(happened, "damaged frame");
                break;
            case VisitChanged { Happened: VisitorRangAgain }:
                Note(happened, "rang again");
                break;
            case VisitChanged { Happened: VisitorIdentified identified }:
                Note(happened, "identified", ("doorbell.outcome", identified.Visit.Outcome.ToString()),
                    ("doorbell.correction", identified.IsCorrection));
                break;
            // It may begin to sound when the visitor has gone already.
            case SentenceSounded { Visit: { } visit, Latency: { } latency } when visit == _of.Id:
                Part("speech", happened.At - latency, happened.At);
                break;
            case VisitChanged { Happened: VisitEnded ended }:
                _visit?.SetTag("doorbell.outcome", ended.Visit.Outcome.ToString());
                End(ended.At);
                break;
            case DoorClosed:
                End(happened.At);
                break;
            default:
                break;
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _visit?.Dispose();
        _source.Dispose();
    }

    private void Begin(DoorEvent happened, VisitRecord visit)
    {
        // The end of the one before may have been among the events that gave way.
        End(happened.At);
        // What happens at a door belongs to no other work of this process.
        Activity.Current = null;
        _visit = _source.StartActivity("visit", ActivityKind.Internal, parentContext: default, startTime: visit.StartedAt);
        Activity.Current = null;
        _visit?.SetTag("doorbell.door", happened.Door.Value).SetTag("doorbell.visit", visit.Id.ToString())
            .SetTag("doorbell.started_by", visit.StartedBy.ToString());
        _of = (visit.Id, _visit?.Context ?? default);
    }

    private void End(DateTimeOffset at)
    {
        if (_visit is null) return;
        _visit.SetEndTime(at.UtcDateTime);
        _visit.Stop();
        _visit = null;
    }

    private void Note(DoorEvent happened, string what, params (string Key, object? Value)[] tags) =>
        _visit?.AddEvent(new ActivityEvent(what, happened.At, [.. tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]));

    private void Part(string what, DateTimeOffset from, DateTimeOffset to, params (string Key, object? Value)[] tags)
    {
        if (_of.Context == default) return;
        using Activity? part = _source.StartActivity(
            what, ActivityKind.Internal, _of.Context, [.. tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))], startTime: from);
        part?.SetEndTime(to.UtcDateTime);
    }
}
