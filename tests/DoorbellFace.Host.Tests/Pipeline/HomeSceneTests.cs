using System.Globalization;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// The real program with the real networks at the real broker; the doorbell is the virtual one. Heard from the side of the smart home.
/// </summary>
public sealed class HomeSceneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [MosquittoFact]
    public async Task A_stranger_rings_is_named_by_a_sentence_over_the_broker_and_is_known_at_the_next_ring()
    {
        using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var home = new HomeAssistantReceiver(broker.Port);
        await home.StartAsync();
        PixelBuffer scene = AtTheDoor(DrawnFamily.Anna, 40_000_010);
        await using var doorbell = new DoorbellAtTheDoor(scene: () => scene);
        using RunningHost host = Start(broker, doorbell);
        await host.ReadUntilAsync("link_up");
        await home.NextAsync("availability");

        await doorbell.RingUntilANewVisitBeginsAsync(host);
        await home.NextAsync("front/ring");
        JsonObject stranger = (await home.NextAsync("front/visitor")).Json;
        Assert.Equal(("unknown", "Someone I don't know is at the door."), (Text(stranger, "event_type"), Text(stranger, "sentence")));
        Heard picture = await home.NextAsync("front/picture");
        Assert.Equal((byte[])[0xFF, 0xD8], picture.Content[..2]);
        await host.ReadUntilAsync("visit_ended");

        await home.CommandAsync("doorbellface_front_correct", "that was anna");
        Assert.Equal("From now on I know Anna.", await SpokenAsync(host));
        await host.ReadUntilAsync("people_changed");

        scene = AtTheDoor(DrawnFamily.Anna, 40_000_011);
        await doorbell.RingUntilANewVisitBeginsAsync(host);
        JsonObject known = (await home.NextAsync("front/visitor")).Json;
        Assert.Equal(("known", "Anna"), (Text(known, "event_type"), Text(known, "person")));
        Assert.Equal(0, await host.StopAsync());
        await home.NextAsync(heard => heard.Topic == "doorbellface/front/availability" && heard.Text == "offline");
        Assert.Equal(host.Lines.Count(line => Text(line, "event") == "bell"), home.Rings.Count);
        Assert.Empty(home.Complaints);
        Assert.Empty(home.Swallowed);
    }

    /// <summary>
    /// Whoever cannot hear learns the name when it is spoken. No time is asserted; with DOORBELLFACE_NAME_RINGS and DOORBELLFACE_FIGURES in
    /// the environment it rings so often and writes how long each took from the press (docs/results/home.md).
    /// </summary>
    [MosquittoFact]
    public async Task The_name_comes_to_the_broker_with_every_ring_that_is_spoken_of()
    {
        int rings = int.TryParse(Environment.GetEnvironmentVariable("DOORBELLFACE_NAME_RINGS"), out int wanted) ? wanted : 2;
        using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var home = new HomeAssistantReceiver(broker.Port);
        await home.StartAsync();
        PixelBuffer scene = AtTheDoor(DrawnFamily.Anna, 40_000_010);
        await using var doorbell = new DoorbellAtTheDoor(scene: () => scene, isPaced: true);
        using RunningHost host = Start(broker, doorbell);
        await host.ReadUntilAsync("link_up");
        await home.NextAsync("availability");
        await doorbell.RingUntilANewVisitBeginsAsync(host);
        await home.NextAsync("front/visitor");
        await home.CommandAsync("doorbellface_front_correct", "that was anna");
        await host.ReadUntilAsync("people_changed");
        await host.ReadUntilAsync("visit_ended");

        scene = AtTheDoor(DrawnFamily.Anna, 40_000_011);
        List<double> atTheBroker = [], spoken = [];
        while (atTheBroker.Count < rings)
        {
            DateTimeOffset pressed = TimeProvider.System.GetUtcNow();
            doorbell.Press();
            JsonObject told = (await home.NextAsync("front/visitor")).Json;
            atTheBroker.Add((TimeProvider.System.GetUtcNow() - pressed).TotalMilliseconds);
            Assert.Equal(("known", "Anna"), (Text(told, "event_type"), Text(told, "person")));
            JsonObject sentence = await host.ReadUntilAsync("speech_started");
            Assert.Equal(Text(told, "sentence"), Text(sentence, "text"));
            spoken.Add((sentence["at"]!.GetValue<DateTimeOffset>() - pressed).TotalMilliseconds);
            // A press sooner than this would be the same visitor's impatience.
            await host.ReadUntilAsync("visit_ended");
        }
        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(home.Complaints);
        Assert.Empty(home.Swallowed);
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_FIGURES") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(
                file, $"{rings} rings at {DoorbellAtTheDoor.BaudRateBitsPerSecond} bit/s; spoken: {Figures(spoken)}; "
                + $"at the broker: {Figures(atTheBroker)}\n");
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Figures(List<double> milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {milliseconds.At(0.5):0} ms, p95 {milliseconds.At(0.95):0} ms, longest {milliseconds.Max():0} ms");

    private RunningHost Start(Mosquitto broker, DoorbellAtTheDoor doorbell)
    {
        File.WriteAllText(_folder["doorbell.json"], $$"""{ "mqtt": { "broker": "127.0.0.1", "port": {{broker.Port}} } }""");
        return RunningHost.Start(
            "run", "--settings", _folder["doorbell.json"], "--port", doorbell.PortPath, "--data", _folder["data"], "--sound", "wav",
                "--wav", _folder["door.wav"], "--json");
    }

    private static async Task<string> SpokenAsync(RunningHost host)
    {
        while (true)
        {
            string text = Text(await host.ReadUntilAsync("speech_started"), "text")!;
            if (!text.Contains("at the door", StringComparison.Ordinal)) return text;
        }
    }

    private static PixelBuffer AtTheDoor(FamilyMember member, int seed) =>
        FaceRenderer.Render(member.Person, DrawnScene.Random(seed, SceneVariation.Visiting), 320, 240);

    private static string? Text(JsonNode node, string field) => node[field]?.GetValue<string>();
}
