using System.Globalization;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Mqtt;

/// <summary>Rings at a broker that does not stay alive.</summary>
public sealed class KilledBrokerTests : DoorAtTheBroker
{
    /// <summary>
    /// Rings before, while and after the broker is killed. docs/results/home.md has 1,000 kills; DOORBELLFACE_BROKER_KILLS says how many.
    /// </summary>
    [MosquittoFact]
    public async Task Of_rings_around_a_broker_that_is_killed_again_and_again_none_is_lost_doubled_or_made_up()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("DOORBELLFACE_BROKER_KILLS"), out int wanted) ? wanted : 20;
        var chance = new Random(20261129);
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);
        // A broker that dies while the listener still reads a burst of messages takes some with it that it has acknowledged, and nobody can
        // tell the door.
        await UntilAsync(() => HasToldAfterTheStart(receiver));
        int rung = 0;
        async Task RingAsync() => await home.ReceiveAsync(DoorEvents.Ring(++rung), default);

        for (int kill = 0; kill < kills; kill++)
        {
            await RingAsync();
            if (chance.Next(2) == 0) await Task.Delay(TimeSpan.FromMilliseconds(chance.NextDouble() * 4));
            await Broker.KillAsync(() => receiver.Rings.Count + receiver.Swallowed.Count == home.Counters.Sent);
            await RingAsync();
            await Broker.StartAsync();
            if (chance.Next(2) == 0) await RingAsync();
            int expected = rung;
            try
            {
                await UntilAsync(() => receiver.Rings.Count >= expected);
            }
            catch (OperationCanceledException)
            {
                // What is lost is told below.
                kills = kill + 1;
            }
        }

        string[] told = [.. receiver.Rings];
        string[] all = [.. Enumerable.Range(1, rung).Select(press => string.Create(CultureInfo.InvariantCulture, $"7-{press}"))];
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} kills, {rung} rings: {all.Except(told).Count()} lost, {told.Length - told.Distinct().Count()} doubled, "
            + $"{told.Except(all).Count()} made up, {receiver.Swallowed.Count} swallowed, {home.Counters.MissedRings} missed");
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_FIGURES") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, figures + "\n");
        Assert.Equal(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills, {rung} rings: 0 lost, 0 doubled, 0 made up, 0 swallowed, 0 missed"), figures);
    }

    /// <summary>The listener has said that it has started, and has been told everything since.</summary>
    private static bool HasToldAfterTheStart(HomeAssistantReceiver receiver)
    {
        Heard[] all = [.. receiver.All];
        int said = Array.FindLastIndex(all, heard => heard.Topic == "homeassistant/status");
        return said >= 0 && Array.FindLastIndex(all, heard => heard.Topic.EndsWith("availability", StringComparison.Ordinal)) > said;
    }
}
