using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// A door that runs, and other programs beside it: real processes on one data folder, with the real networks. What they change counts for
/// the next ring.
/// </summary>
public sealed class LiveDoorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static FamilyMember Anna => DrawnFamily.Anna;

    [Fact]
    public async Task Whoever_is_enrolled_renamed_or_removed_beside_it_is_known_renamed_or_gone_at_the_next_ring()
    {
        await using var doorbell = new DoorbellAtTheDoor(scene: () => AtTheDoor(Anna));
        using RunningHost host = StartRun(doorbell);
        await host.ReadUntilAsync("link_up");
        Assert.Equal("unknown", Text(await RingAsync(host, doorbell), "outcome"));

        Assert.Equal(0, await CallAsync("enroll", "Anna", "--photos", Photos(Anna), "--data", _folder["data"]));
        Assert.Equal(("known", "Anna"), Who(await RingAsync(host, doorbell)));

        Assert.Equal(0, await CallAsync("people", "rename", "Anna", "Anastasia-the-only-one", "--data", _folder["data"]));
        Assert.Equal(("known", "Anastasia-the-only-one"), Who(await RingAsync(host, doorbell)));

        Assert.Equal(0, await CallAsync("people", "remove", "Anastasia-the-only-one", "--visits", "--data", _folder["data"]));
        JsonObject forgotten = await host.ReadUntilAsync("visit_forgotten", "people_changed");
        Assert.Equal("visit_forgotten", Name(forgotten));
        Assert.Equal("unknown", Text(await RingAsync(host, doorbell), "outcome"));
        Assert.Equal(0, await host.StopAsync());

        Assert.Empty(FilesWith("Anastasia-the-only-one"));
        using SqliteVisitStore store = SqliteVisitStore.Open(_folder["data"], StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        IReadOnlyList<VisitRecord> left = store.Recent(10);
        // On a slow computer the first visit still goes on when Anna is enrolled: then it becomes hers, and is deleted with her.
        Assert.InRange(left.Count, 1, 2);
        Assert.All(left, visit => Assert.Equal(VisitOutcome.Unknown, visit.Outcome));
        Assert.Equal(left.Count, Directory.GetFiles(_folder["data/pictures"], "*.png", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_running_door_looks_and_says_again_when_it_is_asked()
    {
        await using var doorbell = new DoorbellAtTheDoor(scene: () => AtTheDoor(Anna));
        Assert.Equal(0, await CallAsync("enroll", "Anna", "--photos", Photos(Anna), "--data", _folder["data"]));
        using RunningHost host = StartRun(doorbell);
        await host.ReadUntilAsync("link_up");

        (int code, string said) = await AnswerOfAsync("look", "--data", _folder["data"]);
        Assert.Equal((0, "Anna is at the door."), (code, said));
        Assert.Equal((0, "Anna is at the door."), await AnswerOfAsync("say-again", "--data", _folder["data"]));
        JsonObject again = await host.ReadUntilAsync("speech_started");
        while (host.Lines.Count(line => Name(line) == "speech_started") < 2) again = await host.ReadUntilAsync("speech_started");

        Assert.Equal("Anna is at the door.", Text(again, "text"));
        Assert.DoesNotContain(host.Lines, line => Name(line) is "bell" or "chime_started");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["data/doorbell.sock"]));
        Assert.Equal(0, await host.StopAsync());
        Assert.Equal(3, await CallAsync("look", "--data", _folder["data"]));
    }

    [Fact]
    public async Task The_doctor_borrows_the_port_of_a_running_door_and_gives_it_back()
    {
        await using var doorbell = new DoorbellAtTheDoor(scene: () => AtTheDoor(Anna));
        using RunningHost host = StartRun(doorbell);
        await host.ReadUntilAsync("link_up");

        (int code, string report) = await AnswerOfAsync("doctor", "--json", "--data", _folder["data"]);

        Assert.True(JsonNode.Parse(report)!["reached"]!.GetValue<bool>(), report);
        Assert.InRange(code, 0, 1);
        await host.ReadUntilAsync("link_up");
        Assert.Equal("unknown", Text(await RingAsync(host, doorbell), "outcome"));
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task What_a_screen_does_never_ends_the_door()
    {
        if (!File.Exists("/dev/full")) return;
        await using var doorbell = new DoorbellAtTheDoor();
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardError = true };
        string run =
            $"exec dotnet '{typeof(RunCommand).Assembly.Location}' run --port {doorbell.PortPath} --data '{_folder["data"]}' --sound wav "
            + $"--wav '{_folder["door.wav"]}' --json > /dev/full";
        foreach (string argument in new[] { "-c", run }) start.ArgumentList.Add(argument);
        using Process door = Process.Start(start)!;
        Task<string> remarks = door.StandardError.ReadToEndAsync();

        await doorbell.IsUpAsync();
        await doorbell.PressAndBeAcknowledgedAsync();
        await doorbell.PressAndBeAcknowledgedAsync();
        Assert.False(door.HasExited);
        using (Process kill = Process.Start("kill", ["-TERM", $"{door.Id}"])) await kill.WaitForExitAsync();
        await door.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(door.ExitCode == 0, await remarks);
        using SqliteVisitStore store = SqliteVisitStore.Open(_folder["data"], StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        Assert.NotEmpty(store.Recent(10));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_costs_the_record_and_not_the_bell()
    {
        File.WriteAllText(_folder["data"], "A file is in the way.");
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host = StartRun(doorbell);
        await host.ReadUntilAsync("link_up");

        JsonObject answer = await RingAsync(host, doorbell);

        Assert.Equal("no_face", Text(answer, "outcome"));
        await host.ReadUntilAsync("visit_ended", "speech_started");
        Assert.Equal(0, await host.StopAsync());
        Assert.Contains(host.Lines, line => Name(line) == "chime_started");
        Assert.Contains(host.Lines, line =>
            Name(line) == "speech_started" && Text(line, "text")!.Contains("cannot keep a record of visits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_model_of_the_family_gives_way_to_the_one_that_comes_with_the_program()
    {
        Directory.CreateDirectory(_folder["data/model"]);
        foreach (string file in Directory.EnumerateFiles(ShippedModels.FaceBackbone))
            File.Copy(file, Path.Combine(_folder["data/model"], Path.GetFileName(file)));
        File.AppendAllText(_folder["data/model/model.onnx"], "damage");
        await using var doorbell = new DoorbellAtTheDoor(scene: () => AtTheDoor(Anna));
        Assert.Equal(0,
            await CallAsync("enroll", "Anna", "--photos", Photos(Anna), "--model", ShippedModels.FaceBackbone, "--data", _folder["data"]));
        using RunningHost host = StartRun(doorbell);
        await host.ReadUntilAsync("link_up");

        Assert.Equal(("known", "Anna"), Who(await RingAsync(host, doorbell)));

        Assert.Equal(0, await host.StopAsync());
        Assert.Contains(host.Lines, line =>
            Name(line) == "speech_started" && Text(line, "text")!.Contains("network is damaged", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static PixelBuffer AtTheDoor(FamilyMember member) =>
        FaceRenderer.Render(member.Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240);

    private string Photos(FamilyMember member)
    {
        string photos = _folder[$"photos-{member.Name}"];
        Directory.CreateDirectory(photos);
        var sitting = new SceneVariation
        {
            YawDegrees = 15, PitchDegrees = 8, TiltDegrees = 8, SmallestFacePixels = 95, LargestFacePixels = 150,
        };
        for (int i = 0; i < 6; i++)
            PictureFile.Write(Path.Combine(photos, $"{i}.png"),
                FaceRenderer.Render(member.Person, DrawnScene.Random(50_000_000 + i, sitting), 320, 240));
        return photos;
    }

    private RunningHost StartRun(DoorbellAtTheDoor doorbell) =>
        RunningHost.Start("run", "--port", doorbell.PortPath, "--data", _folder["data"], "--sound", "wav", "--wav", _folder["door.wav"],
            "--json");

    /// <summary>Rings until the press begins a new visit, and waits for its answer.</summary>
    private static async Task<JsonObject> RingAsync(RunningHost host, DoorbellAtTheDoor doorbell)
    {
        await doorbell.RingUntilANewVisitBeginsAsync(host);
        return (await host.ReadUntilAsync("visitor_identified"))["visit"]!.AsObject();
    }

    private static async Task<int> CallAsync(params string[] arguments) => (await AnswerOfAsync(arguments)).Code;

    private static async Task<(int Code, string Said)> AnswerOfAsync(params string[] arguments)
    {
        using Process program = DotnetProgram.Start(typeof(RunCommand).Assembly, arguments);
        string said = await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(3));
        await program.WaitForExitAsync();
        return (program.ExitCode, said.Trim());
    }

    private IEnumerable<string> FilesWith(string words)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(words);
        return Directory.EnumerateFiles(_folder["data"], "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal) && File.ReadAllBytes(path).AsSpan().IndexOf(wanted) >= 0);
    }

    private static (string?, string?) Who(JsonObject visit) => (Text(visit, "outcome"), Text(visit, "name"));

    private static string Name(JsonObject line) => line["event"]!.GetValue<string>();

    private static string? Text(JsonNode node, string field) => node[field]?.GetValue<string>();
}
