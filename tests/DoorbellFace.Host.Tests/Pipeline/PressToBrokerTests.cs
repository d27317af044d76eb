using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Host.Composition;
using DoorbellFace.Testing.Home;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// From the finger on the virtual doorbell's button to a listener at the real broker. It asserts no time; with DOORBELLFACE_BROKER_RINGS
/// and DOORBELLFACE_FIGURES in the environment it rings so often and writes how long it took (docs/results/home.md).
/// </summary>
public sealed class PressToBrokerTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();

    [MosquittoFact]
    public async Task Every_press_is_one_ring_at_the_broker()
    {
        int rings = int.TryParse(Environment.GetEnvironmentVariable("DOORBELLFACE_BROKER_RINGS"), out int wanted) ? wanted : 5;
        using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var receiver = new HomeAssistantReceiver(broker.Port);
        await receiver.StartAsync();
        MqttHome home = Home(broker.Port);
        using var over = new CancellationTokenSource();
        await using var door = new FacelessDoor(SteadyTime.Of(TimeProvider.System), rules: null, home);
        Task telling = home.RunAsync(new NoRequests(), over.Token);
        await receiver.NextAsync("availability");
        // The first one waits until Home Assistant has taken in that the door is there.
        await door.Doorbell.IsUpAsync();
        await door.BeginAsync();
        await receiver.NextAsync("front/ring");

        var milliseconds = new List<double>();
        while (milliseconds.Count < rings)
        {
            // No finger is faster, and what is faster is no ring.
            await Task.Delay(Pause);
            long pressed = Stopwatch.GetTimestamp();
            door.Doorbell.Press();
            await receiver.NextAsync("front/ring");
            milliseconds.Add(Stopwatch.GetElapsedTime(pressed).TotalMilliseconds);
        }
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_FIGURES") is { Length: > 0 } file)
        {
            string figures = string.Create(
                CultureInfo.InvariantCulture,
                $"{rings} rings: p50 {milliseconds.At(0.5):0.0} ms, p99 {milliseconds.At(0.99):0.0} ms, "
                + $"longest {milliseconds.Max():0.0} ms\n");
            await File.WriteAllTextAsync(file, figures);
        }

        Assert.Equal(rings + 1, receiver.Rings.Distinct().Count());
        Assert.Empty(receiver.Swallowed);
        await over.CancelAsync();
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _folder.Dispose();

    private MqttHome Home(int port)
    {
        Directory.CreateDirectory(_folder["data"]);
        var house = new HouseServices(_folder["data"], NullLogger.Instance);
        var correction = new SpokenCorrection(house.People, house.Visits, house.Enrolment, house.LoadTools, Language.English);
        var told = new HomeHouse(
            house.Visits, house.People, house.Rules, house.RulesStorage, correction, Language.English, 160, PictureFile.EncodeJpeg,
            "0.1.0");
        return new MqttHome(
            new MqttOptions { Broker = "127.0.0.1", Port = port }, DoorId.Front, told, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>Nobody asks anything here.</summary>
    private sealed class NoRequests : IDoorRequests
    {
        public DoorStatus Status => new(IsUp: true, [], Trouble: null, LastSaid: null);

        public Task<string> LookAsync(CancellationToken stop) => throw new NotSupportedException();

        public string? SayAgain() => throw new NotSupportedException();

        public void Say(string text) => throw new NotSupportedException();

        public void Ring() => throw new NotSupportedException();

        public Task<EnrolmentReport?> EnrolAsync(
            string name, Core.People.CoachOptions coach, bool anyway, Action<string> said, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task<WallLesson> LearnWallAsync(CancellationToken stop) => throw new NotSupportedException();

        public Task LendPortAsync(Action<string?> lent, CancellationToken giveBack) => throw new NotSupportedException();
    }
}
