using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Mqtt;

/// <summary>A door at the real broker mosquitto, and a listener that goes by Home Assistant's published rules.</summary>
public abstract class DoorAtTheBroker : IAsyncLifetime
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Short, so that no test takes long. What they are for is told where they are defined.</summary>
    private protected static readonly HomeTimes Times = new()
    {
        Settle = TimeSpan.FromMilliseconds(20), HoldAfterLoss = TimeSpan.FromSeconds(5), FirstWait = TimeSpan.FromMilliseconds(5),
        LongestWait = TimeSpan.FromMilliseconds(50), Tick = TimeSpan.FromMilliseconds(20), TakeUpEvery = TimeSpan.FromMilliseconds(500),
    };

    private readonly List<(CancellationTokenSource Stop, Task Running)> _running = [];

    /// <summary>A house of its own.</summary>
    private protected TestHouse House { get; } = new();

    /// <summary>The broker; it is started by <see cref="StartAsync"/>.</summary>
    private protected Mosquitto Broker { get; } = new();

    /// <summary>What the house asked of its door.</summary>
    private protected NotingDoor Door { get; } = new();

    /// <summary>What was logged.</summary>
    private protected RecordingLogger Log { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await StopAsync();
        Broker.Dispose();
        House.Dispose();
    }

    private protected MqttOptions Options() => new() { Broker = "127.0.0.1", Port = Broker.Port };

    /// <summary>The broker, and somebody who listens there.</summary>
    private protected async Task<HomeAssistantReceiver> StartAsync()
    {
        await Broker.StartAsync();
        return await ListenAsync();
    }

    /// <summary>A door that is online.</summary>
    private protected async Task<MqttHome> BeginAsync(HomeAssistantReceiver receiver, MqttOptions? options = null)
    {
        MqttHome home = Begin(options);
        await receiver.NextAsync("availability");
        return home;
    }

    private protected MqttHome Begin(MqttOptions? options = null)
    {
        var home = new MqttHome(options ?? Options(), DoorId.Front, House.House, TimeProvider.System, Log, Times);
        Begin(home);
        return home;
    }

    private protected void Begin(MqttHome home)
    {
        var stop = new CancellationTokenSource();
        _running.Add((stop, Task.Run(() => home.RunAsync(Door, stop.Token))));
    }

    private protected async Task StopAsync()
    {
        foreach ((CancellationTokenSource stop, Task running) in _running)
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
        _running.Clear();
    }

    private protected async Task<HomeAssistantReceiver> ListenAsync()
    {
        var receiver = new HomeAssistantReceiver(Broker.Port);
        await receiver.StartAsync();
        return receiver;
    }

    private protected static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo()) await Task.Delay(2, limit.Token);
    }
}
