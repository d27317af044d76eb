using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The real program, on a real pseudo-terminal, with the real cascade and ONNX Runtime; the doorbell is the virtual one.</summary>
public class RunCommandTests
{
    [Fact]
    public async Task After_a_kill_in_the_middle_of_a_visit_the_next_start_is_clean_and_no_finished_visit_is_lost()
    {
        using var folder = new TemporaryFolder();
        // At the wire's pace: a visit that nobody answers lasts for seconds, and the kill comes into it.
        await using var doorbell = new DoorbellAtTheDoor(isPaced: true);
        using (RunningHost first = StartHost(doorbell, folder))
        {
            await first.ReadUntilAsync("link_up");
            doorbell.Device.Press();
            await first.ReadUntilAsync("visitor_identified");
            await doorbell.RingUntilANewVisitBeginsAsync(first);
            // What is told and what is kept have queues of their own: only what is kept can outlive a kill.
            await UntilKeptAsync(folder["data"], visits: 2);
            await first.KillAsync();
        }

        using RunningHost second = StartHost(doorbell, folder);
        await second.ReadUntilAsync("link_up");
        doorbell.Device.Press();
        await second.ReadUntilAsync("visitor_identified");
        Assert.Equal(0, await second.StopAsync());

        using SqliteVisitStore store = SqliteVisitStore.Open(folder["data"], StoreAccess.Owner, TimeProvider.System, new RecordingLogger());
        VisitRecord[] visits = [.. store.Recent(10).Reverse()];
        Assert.Equal(3, visits.Length);
        Assert.Equal(VisitOutcome.NoFace, visits[0].Outcome);
        Assert.Equal(VisitOutcome.Interrupted, visits[1].Outcome);
        Assert.Equal(VisitOutcome.NoFace, visits[2].Outcome);
        Assert.All(visits, visit => Assert.NotNull(visit.EndedAt));
        Assert.True(File.Exists(store.Pictures.Find(visits[0])));
    }

    private static async Task UntilKeptAsync(string data, int visits)
    {
        using SqliteVisitStore store = SqliteVisitStore.Open(data, StoreAccess.Guest, TimeProvider.System, new RecordingLogger());
        while (store.Recent(10).Count < visits) await Task.Delay(20);
    }

    [Fact]
    public async Task A_running_door_has_neither_OpenCV_nor_a_window_system_in_its_memory()
    {
        using var folder = new TemporaryFolder();
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host = StartHost(doorbell, folder);
        await host.ReadUntilAsync("link_up");
        doorbell.Device.Press();
        await host.ReadUntilAsync("visitor_identified");

        string[] mapped = host.MappedFiles;

        Assert.Contains(mapped, path => path.Contains("libonnxruntime", StringComparison.Ordinal));
        Assert.DoesNotContain(mapped, LoadedLibrariesTests.IsUnwanted);
    }

    [Fact]
    public async Task Over_a_cable_that_damages_one_byte_in_thirty_every_ring_is_chimed_and_answered_and_no_damaged_frame_is_shown()
    {
        const int Rings = 3;
        using var folder = new TemporaryFolder();
        await using var doorbell = new DoorbellAtTheDoor(new CableFaults(0.01, 0.01, 0.01));
        using RunningHost host = StartHost(doorbell, folder);
        await host.ReadUntilAsync("link_up");

        for (int ring = 1; ring <= Rings; ring++)
        {
            await doorbell.RingUntilANewVisitBeginsAsync(host);
            JsonObject answer = await host.ReadUntilAsync("visitor_identified");
            Assert.Contains(answer["visit"]!["outcome"]!.GetValue<string>(), (string[])["damaged_picture", "no_picture"]);
        }
        Assert.Equal(0, await host.StopAsync());

        Assert.Equal(doorbell.Presses, host.Lines.Count(line => Name(line) == "bell"));
        Assert.True(host.Lines.Count(line => Name(line) == "chime_started") >= Rings);
        Assert.DoesNotContain(host.Lines, line => Name(line) == "frame");
        Assert.True(host.Lines.Single(line => Name(line) == "end")["link"]!["frames_refused"]!.GetValue<int>() > 0);
    }

    /// <summary>Twelve bytes in a hundred thousand: of the 41,000 of a frame about five, so that hardly a frame arrives whole.</summary>
    [Fact]
    public async Task Over_a_cable_that_is_a_little_bad_frames_are_mended_and_their_rows_counted_and_the_visitor_is_named()
    {
        using var folder = new TemporaryFolder();
        PixelBuffer anna = FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240);
        await using var doorbell = new DoorbellAtTheDoor(new CableFaults(0.00004, 0.00004, 0.00004), () => anna);
        using RunningHost host = StartHost(doorbell, folder, Path.Combine(Repository.Root, "models", "drawn-family"));
        await host.ReadUntilAsync("link_up");

        doorbell.Press();
        JsonObject answer = await host.ReadUntilAsync("visitor_identified");
        Assert.Equal(0, await host.StopAsync());

        Assert.Equal(("known", "Anna"), (answer["visit"]!["outcome"]!.GetValue<string>(), answer["visit"]!["name"]!.GetValue<string>()));
        int[] mendedRows = [.. host.Lines.Where(line => Name(line) == "frame").Select(line => line["concealed_rows"]!.GetValue<int>())];
        Assert.Contains(mendedRows, rows => rows is > 0 and <= 12);
        JsonNode link = host.Lines.Single(line => Name(line) == "end")["link"]!;
        Assert.InRange(link["frames_concealed"]!.GetValue<int>(), mendedRows.Count(rows => rows > 0), int.MaxValue);
        Assert.InRange(link["rows_missing"]!.GetValue<int>(), mendedRows.Sum(), int.MaxValue);
    }

    /// <summary>The backbone and the detector that come with the program; only the file with the people enrolled is damaged.</summary>
    [Fact]
    public async Task A_damaged_gallery_does_not_silence_the_doorbell()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        string gallery = Path.Combine(folder["data"], "gallery.db"), damage = new('x', 5000);
        File.WriteAllText(gallery, damage);
        PixelBuffer anna = FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240);
        await using var doorbell = new DoorbellAtTheDoor(new CableFaults(0, 0, 0), () => anna);
        using RunningHost host =
            RunningHost.Start("run", "--port", doorbell.PortPath, "--data", folder["data"], "--sound", "wav", "--wav", folder["door.wav"],
                "--json");
        await host.ReadUntilAsync("link_up");

        doorbell.Press();
        JsonObject answer = await host.ReadUntilAsync("visitor_identified");
        Assert.Equal(0, await host.StopAsync());

        Assert.Equal("unknown", answer["visit"]!["outcome"]!.GetValue<string>());
        Assert.Equal("I cannot read who is enrolled. I will say when someone rings, but not who it is.",
            host.Lines.First(line => Name(line) == "speech_started")["text"]!.GetValue<string>());
        Assert.Equal(damage, File.ReadAllText(gallery));
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_waited_for_and_said_so()
    {
        using var folder = new TemporaryFolder();
        using RunningHost host =
            RunningHost.Start("run", "--port", folder["no-such-port"], "--model", Repository.Fixture("models/tiny"), "--data",
                folder["data"], "--sound", "none", "--json");

        JsonObject down = await host.ReadUntilAsync("link_down");

        Assert.Contains("no-such-port", down["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task A_model_that_is_not_there_ends_the_program_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        using RunningHost host =
            RunningHost.Start("run", "--port", folder["port"], "--model", folder["no-model"], "--data", folder["data"]);

        Assert.Equal(3, await host.WaitForEndAsync());
    }

    private static RunningHost StartHost(DoorbellAtTheDoor doorbell, TemporaryFolder folder, string? model = null) => RunningHost.Start(
        "run", "--port", doorbell.PortPath, "--model", model
            ?? Repository.Fixture("models/tiny"), "--data", folder["data"], "--sound", "wav", "--wav", folder["door.wav"], "--json");

    private static string Name(JsonObject line) => line["event"]!.GetValue<string>();
}
