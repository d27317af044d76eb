using System.Diagnostics.Metrics;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Counts what happens at a door for whoever collects meters (dotnet-counters, an exporter); nothing is sent anywhere by itself.
/// </summary>
public sealed class DoorMeters : IDoorSubscriber, IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DoorbellFace.Door";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _rings, _frames, _damaged, _visits;
    private readonly Histogram<double> _look, _speech;

    /// <summary>Makes the instruments.</summary>
    public DoorMeters()
    {
        _rings = _meter.CreateCounter<long>("doorbell.rings", "{ring}", "Presses of the button.");
        _frames = _meter.CreateCounter<long>("doorbell.frames", "{frame}", "Frames that were looked at.");
        _damaged = _meter.CreateCounter<long>("doorbell.frames.damaged", "{frame}", "Frames that arrived too damaged to be looked at.");
        _visits = _meter.CreateCounter<long>("doorbell.visits", "{visit}", "Visits that have ended, by outcome.");
        _look = _meter.CreateHistogram<double>("doorbell.look.duration", "s", "Time to look at a frame.");
        _speech =
            _meter.CreateHistogram<double>("doorbell.answer.latency", "s", "Time from the decision to the first sound of the sentence.");
    }

    /// <inheritdoc/>
    public string Name => "the meters";

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        var door = new KeyValuePair<string, object?>("door", happened.Door.Value);
        switch (happened)
        {
            case BellRang:
                _rings.Add(1, door);
                break;
            case FrameLookedAt frame:
                _frames.Add(1, door);
                _look.Record(frame.Took.TotalSeconds, door);
                break;
            case FrameDamaged:
                _damaged.Add(1, door);
                break;
            case VisitChanged { Happened: VisitEnded ended }:
                _visits.Add(1, door, new("outcome", ended.Visit.Outcome.ToString()));
                break;
            case SentenceSounded { Latency: { } latency }:
                _speech.Record(latency.TotalSeconds, door);
                break;
            default:
                break;
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
