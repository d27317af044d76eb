using DoorbellFace.Core.Identity;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Mqtt;

/// <summary>A door that leaves the real broker mosquitto.</summary>
public sealed class BrokerCleanerTests : IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly DoorId Garden = new("garden");

    private readonly TestHouse _house = new();
    private readonly Mosquitto _broker = new();

    [MosquittoFact]
    public async Task A_door_that_leaves_takes_everything_with_it_and_the_last_one_the_house()
    {
        await _broker.StartAsync();
        await RunOnceAsync(DoorId.Front);
        await RunOnceAsync(Garden);
        await using var receiver = new HomeAssistantReceiver(_broker.Port);
        await receiver.StartAsync();
        string[] rings = ["doorbellface_front_ring", "doorbellface_garden_ring"];
        await UntilAsync(() => rings.All(receiver.Entities.ContainsKey));
        await receiver.SayAsync("doorbellface/frontier", "of somebody else", isRetained: true);

        BrokerCleaning first = await BrokerCleaner.CleanAsync(Options(), DoorId.Front, default);

        await UntilAsync(() => !receiver.Entities.ContainsKey("doorbellface_front_ring"));
        Assert.False(first.IsHouseGone);
        Assert.All(first.Topics, topic => Assert.Contains("front", topic, StringComparison.Ordinal));
        Assert.Contains("doorbellface_garden_ring", receiver.Entities);
        Assert.Contains("doorbellface_version", receiver.Entities);

        BrokerCleaning last = await BrokerCleaner.CleanAsync(Options(), Garden, default);

        await UntilAsync(() => receiver.Entities.Count == 0);
        Assert.True(last.IsHouseGone);
        Assert.Empty((await BrokerCleaner.CleanAsync(Options(), Garden, default)).Topics);
        await using var late = new HomeAssistantReceiver(_broker.Port);
        await late.StartAsync();
        await late.NextAsync("frontier");
        await late.NextAsync("homeassistant/status");
        Assert.Equal(["doorbellface/frontier"], late.All.Where(heard => heard.IsRetained).Select(heard => heard.Topic));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _house.Dispose();
    }

    /// <summary>A door that was there once.</summary>
    private async Task RunOnceAsync(DoorId door)
    {
        await using var listener = new HomeAssistantReceiver(_broker.Port);
        await listener.StartAsync();
        using var stop = new CancellationTokenSource();
        var home = new MqttHome(Options(), door, _house.House, TimeProvider.System, new RecordingLogger());
        Task running = Task.Run(() => home.RunAsync(new NotingDoor(), stop.Token));
        string availability = $"doorbellface/{door.Value}/availability";
        await listener.NextAsync(heard => heard.Topic == availability && heard.Text == "online");
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listener.NextAsync(heard => heard.Topic == availability && heard.Text == "offline");
    }

    private MqttOptions Options() => new() { Broker = "127.0.0.1", Port = _broker.Port };

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(5, limit.Token);
    }
}
