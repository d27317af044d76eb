using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Home.Mqtt;

/// <summary>What a broker had kept of a door, and has no longer.</summary>
/// <param name="Topics">Where something was kept.</param>
/// <param name="IsHouseGone">It was the last door of the house, whose introduction went with it.</param>
public sealed record BrokerCleaning(IReadOnlyList<string> Topics, bool IsHouseGone);

/// <summary>Takes away what a broker has kept of a door that is no longer used there, so that Home Assistant removes it.</summary>
public static class BrokerCleaner
{
    /// <summary>How long a broker may take to tell what it keeps.</summary>
    private static readonly TimeSpan TellLimit = TimeSpan.FromSeconds(10);

    /// <summary>Does it. A door that runs meanwhile tells everything again.</summary>
    /// <param name="options">The broker; it must be named.</param>
    /// <param name="door">Which door.</param>
    /// <param name="stop">Gives it up.</param>
    /// <exception cref="Exception">The broker cannot be reached, refuses, or does not answer.</exception>
    public static async Task<BrokerCleaning> CleanAsync(MqttOptions options, DoorId door, CancellationToken stop)
    {
        var topics = new HomeTopics(options, door);
        var kept = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        var hasToldAll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string mark = Guid.NewGuid().ToString();
        void Hear(string topic, ReadOnlyMemory<byte> content, bool isRetained)
        {
            if (isRetained && content.Length > 0) kept[topic] = content.ToArray();
            // Messages of one line keep their order: what was kept came before.
            else if (topic == topics.Mark && content.Span.SequenceEqual(Payload.Of(mark))) hasToldAll.TrySetResult();
        }
        BrokerLine line = await BrokerLine.OpenAsync(options, topics, door, Hear, stop, isCleaner: true).ConfigureAwait(false);
        await using (line.ConfigureAwait(false))
        {
            await line.SubscribeAsync([topics.AllOfTheDoor, topics.AllDiscoveries, topics.HouseState], stop).ConfigureAwait(false);
            await line.SendAsync(topics.Mark, Payload.Of(mark), isRetained: false, expiresAfter: null, stop).ConfigureAwait(false);
            await hasToldAll.Task.WaitAsync(TellLimit, stop).ConfigureAwait(false);
            bool isHouseGone = !kept.Any(device => device.Key != topics.DoorDiscovery && IsDoorOf(topics.HouseId, device.Value));
            // The introductions first: Home Assistant removes what belongs to them, and asks for nothing of it any more.
            string[] gone =
            [
                .. kept.Keys.Where(topic => IsOfTheDoor(topic) || (isHouseGone && IsOfTheHouse(topic)))
                    .OrderBy(topic => topic.StartsWith(options.DiscoveryPrefix, StringComparison.Ordinal) ? 0 : 1),
            ];
            foreach (string topic in gone)
                await line.SendAsync(topic, [], isRetained: true, expiresAfter: null, stop).ConfigureAwait(false);
            await line.CloseAsync(stop).ConfigureAwait(false);
            return new BrokerCleaning(gone, isHouseGone && gone.Length > 0);
        }

        bool IsOfTheDoor(string topic) =>
            topic == topics.DoorDiscovery || topic.StartsWith(topics.AllOfTheDoor[..^1], StringComparison.Ordinal);

        bool IsOfTheHouse(string topic) => topic == topics.HouseDiscovery || topic == topics.HouseState;
    }

    private static bool IsDoorOf(string house, byte[] introduction)
    {
        try
        {
            return (JsonNode.Parse(introduction) as JsonObject)?["device"]?["via_device"]?.GetValue<string>() == house;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
