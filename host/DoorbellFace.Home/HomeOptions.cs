using DoorbellFace.Home.Mqtt;

namespace DoorbellFace.Home;

/// <summary>What else in the house is told of the door, and may ask things of it. Nothing by default.</summary>
public sealed record HomeOptions
{
    /// <summary>The broker.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints() => [.. Mqtt.Complaints()];
}
