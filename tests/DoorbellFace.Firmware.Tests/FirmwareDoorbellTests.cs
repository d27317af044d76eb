using System.Diagnostics;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.Firmware;
using DoorbellFace.Vision;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// `./doorbell simulate --firmware` and `./doorbell demo --firmware`, and what they are made of. They keep the clock's pace, unlike the
/// other tests' devices.
/// </summary>
public class FirmwareDoorbellTests
{
    [FirmwareFact]
    public async Task A_picture_shown_and_a_press_arrive_at_the_host()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        byte[] pixels = new byte[320 * 240];
        new Random(31).NextBytes(pixels);
        await using FirmwareDoorbell doorbell =
            await FirmwareDoorbell.StartAsync(FirmwareBuild.Folder, 2_000_000, fault: null, limit.Token);
        doorbell.Show(new PixelBuffer(320, 240, PixelFormat.Gray8, pixels));
        doorbell.Press();

        await using var line = new FileStream(doorbell.PortPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var receiver = new LinkReceiver();
        var events = new List<LinkEvent>();
        byte[] buffer = new byte[4096];
        while (!events.OfType<FrameReceived>().Any())
        {
            limit.Token.ThrowIfCancellationRequested();
            receiver.Receive(buffer.AsSpan(0, line.Read(buffer)), DateTimeOffset.UnixEpoch, events);
        }

        FrameReceived frame = events.OfType<FrameReceived>().First();
        Assert.Equal(FrameTrigger.Bell, frame.Trigger);
        Assert.Equal(pixels.Select(value => Math.Max(value, (byte)1)), frame.Frame.Pixels.Pixels.ToArray());
        Assert.Equal(1, events.OfType<BellReceived>().First().Bell.Press);
    }

    [FirmwareFact]
    public async Task A_rate_that_the_firmware_does_not_know_is_explained()
    {
        FirmwareUnavailableException error = await Assert.ThrowsAsync<FirmwareUnavailableException>(
            () => FirmwareDoorbell.StartAsync(FirmwareBuild.Folder, 115_200, fault: null, CancellationToken.None));

        Assert.Contains("500000, 1000000 or 2000000", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The whole program, as a newcomer starts it: drawn people, the simulated chip, detection, recognition, voice.</summary>
    [FirmwareFact]
    public async Task The_demo_on_the_real_firmware_answers_rightly()
    {
        string output = Path.Combine(Path.GetTempPath(), $"doorbell-demo-{Guid.NewGuid():N}");
        try
        {
            (int exitCode, JsonElement[] lines) = await RunProgramAsync("demo", "--firmware", "--out", output, "--json");

            Assert.Equal(3, Count(lines, "bell"));
            Assert.Equal(3, Count(lines, "chime_started"));
            Assert.Equal(3, Count(lines, "speech_started"));
            Assert.Equal(3, Count(lines, "visit_ended"));
            Assert.Equal(0, exitCode);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [FirmwareFact]
    public async Task Photos_ring_one_after_the_other_at_the_real_firmware()
    {
        DirectoryInfo photos = Directory.CreateTempSubdirectory("doorbell-photos-");
        try
        {
            foreach (FamilyMember member in DrawnFamily.All.Take(2))
                PictureFile.Write(Path.Combine(photos.FullName, $"{member.Name}.png"),
                    FaceRenderer.Render(member.Person, DrawnScene.Random(7, new SceneVariation()), 320, 240));

            (int exitCode, JsonElement[] lines) =
                await RunProgramAsync("simulate", "--firmware", "--photos", photos.FullName, "--once", "--ring-every", "0", "--baud",
                    "2000000", "--json");

            Assert.Equal(0, exitCode);
            Assert.Equal(["ready", "visit", "visit"], lines.Select(line => line.GetProperty("event").GetString()));
            Assert.All(lines[1..], visit => Assert.Equal(8, visit.GetProperty("frames").GetInt32()));
            Assert.All(lines[1..], visit =>
                Assert.EndsWith("ms after the press", visit.GetProperty("bell").GetString(), StringComparison.Ordinal));
        }
        finally
        {
            photos.Delete(recursive: true);
        }
    }

    private static int Count(JsonElement[] lines, string happening) =>
        lines.Count(line => line.GetProperty("event").GetString() == happening);

    private static async Task<(int ExitCode, JsonElement[] Lines)> RunProgramAsync(params string[] arguments)
    {
        using Process program = DotnetProgram.Start(typeof(DoctorCommand).Assembly, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        try
        {
            string output = await program.StandardOutput.ReadToEndAsync(limit.Token);
            await program.WaitForExitAsync(limit.Token);
            return (program.ExitCode,
                [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{'))
                .Select(line => JsonDocument.Parse(line).RootElement)]);
        }
        finally
        {
            if (!program.HasExited) program.Kill(entireProcessTree: true);
        }
    }
}
