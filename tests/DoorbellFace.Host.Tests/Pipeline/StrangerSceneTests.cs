using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The real program with the real networks; the doorbell is the virtual one.</summary>
public sealed class StrangerSceneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_stranger_who_comes_again_is_known_again_also_by_a_program_that_was_started_since()
    {
        int scenes = 40_000_010;
        await using var doorbell = new DoorbellAtTheDoor(scene: () => AtTheDoor(scenes));
        using (RunningHost first = Start(doorbell))
        {
            await first.ReadUntilAsync("link_up");
            Assert.Equal("Someone I don't know is at the door.", await RingAsync(doorbell, first));
            await first.ReadUntilAsync("visit_ended");
            Assert.Equal(0, await first.StopAsync());
        }

        scenes++;
        using RunningHost second = Start(doorbell);
        await second.ReadUntilAsync("link_up");
        // The pictures of earlier visits are looked at while nobody is there, which a ring interrupts.
        string said;
        do
        {
            said = await RingAsync(doorbell, second);
            await second.ReadUntilAsync("visit_ended");
        }
        while (said == "Someone I don't know is at the door.");

        Assert.Matches(
            @"^Someone I don't know is at the door\. They were here (today|yesterday) at \d+:\d\d(, \w+( times)? in all)?\.$", said);
        Assert.Equal(0, await second.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> RingAsync(DoorbellAtTheDoor doorbell, RunningHost host)
    {
        await doorbell.RingUntilANewVisitBeginsAsync(host);
        JsonObject identified = await host.ReadUntilAsync("visitor_identified");
        return identified["says"]!.GetValue<string>();
    }

    private static PixelBuffer AtTheDoor(int seed) =>
        FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(seed, SceneVariation.Visiting), 320, 240);

    private RunningHost Start(DoorbellAtTheDoor doorbell) => RunningHost.Start(
        "run", "--port", doorbell.PortPath, "--data", _folder["data"], "--sound", "wav", "--wav", _folder["door.wav"], "--json");
}
