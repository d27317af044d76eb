using DoorbellFace.Home.Mqtt;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Home.Traces;

namespace DoorbellFace.Home;

/// <summary>What else in the house is told of the door, and may ask things of it. Nothing by default.</summary>
public sealed record HomeOptions
{
    /// <summary>The broker.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>Who is sent a message.</summary>
    public NotifyOptions Notify { get; init; } = new();

    /// <summary>Who collects traces.</summary>
    public TraceOptions Traces { get; init; } = new();

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints() => [.. Mqtt.Complaints(), .. Notify.Complaints(), .. Traces.Complaints()];
}
