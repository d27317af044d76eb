using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// "Nothing is sent anywhere": the real programs, with every native library that they load, reach for no address of the internet and leave
/// nothing that waits to be sent, although nothing in their environment forbids it.
/// </summary>
public sealed class NothingIsSentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TracedProgram _traced;

    public NothingIsSentTests() => _traced = new TracedProgram(_folder);

    public void Dispose() => _folder.Dispose();

    [ProgramFact("strace", "strace")]
    public void Enrolling_and_identifying_reach_for_no_address_of_the_internet()
    {
        Directory.CreateDirectory(_folder["photos"]);
        for (int i = 0; i < 3; i++)
            PictureFile.Write(_folder[$"photos/{i}.png"], FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(i), 320, 240));
        // Read by ImageMagick, which the others are not.
        File.Copy(Repository.Fixture("pictures/person.heic"), _folder["photos/person.heic"]);

        _traced.Run("enroll.trace", "enroll", "Anna", "--photos", _folder["photos"], "--data", _folder["data"], "--anyway");
        int identified = _traced.Run("identify.trace", "identify", _folder["photos/0.png"], "--data", _folder["data"]);

        Assert.Equal(0, identified);
        Assert.Empty(_traced.InternetCalls("enroll.trace"));
        Assert.Empty(_traced.InternetCalls("identify.trace"));
        Assert.False(Directory.Exists(Path.Combine(_traced.Cache, "Microsoft")));
    }

    [ProgramFact("strace", "strace")]
    public async Task A_running_door_reaches_for_no_address_of_the_internet()
    {
        PixelBuffer anna = FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240);
        await using var doorbell = new DoorbellAtTheDoor(scene: () => anna);
        using Process process = Process.Start(_traced.StartInfo(
            "run.trace", "run", "--port", doorbell.PortPath, "--data", _folder["data"], "--sound", "wav", "--wav", _folder["door.wav"],
                "--json"))!;

        await ReadUntilAsync(process, "link_up");
        doorbell.Press();
        await ReadUntilAsync(process, "visitor_identified");
        using (Process kill = Process.Start("kill", ["-INT", TracedProgram.ChildOf(process).ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Empty(_traced.InternetCalls("run.trace"));
        Assert.False(Directory.Exists(Path.Combine(_traced.Cache, "Microsoft")));
    }

    [Fact]
    public void What_earlier_versions_left_is_deleted_and_said_once_and_nothing_beside_it()
    {
        string left = Path.Combine(_traced.Cache, "Microsoft", "DeveloperTools", ".onnxruntime");
        Directory.CreateDirectory(left);
        foreach (string name in (string[])["deviceid", "onnxruntime.db", "onnxruntime.db-wal"])
            File.WriteAllText(Path.Combine(left, name), "x");
        File.WriteAllText(Path.Combine(_traced.Cache, "Microsoft", "another.txt"), "");

        string first = Remarks(), second = Remarks();

        Assert.Contains($"{left} is deleted", first, StringComparison.Ordinal);
        Assert.False(Directory.Exists(left));
        Assert.True(File.Exists(Path.Combine(_traced.Cache, "Microsoft", "another.txt")));
        Assert.DoesNotContain("deleted", second, StringComparison.Ordinal);

        string Remarks()
        {
            var start = new ProcessStartInfo(DotnetProgram.Runner,
                ["exec", typeof(Composition.HouseServices).Assembly.Location, "visits", "--data", _folder["data"]])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            start.Environment["XDG_CACHE_HOME"] = _traced.Cache;
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return said;
        }
    }

    private static async Task ReadUntilAsync(Process process, string name)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(90)) is { } line)
        {
            if (JsonNode.Parse(line)!["event"]!.GetValue<string>() == name) return;
        }
        throw new InvalidOperationException($"The program ended without {name}.");
    }
}
