using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Host.Tests.Pipeline;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.Pty;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public class DoctorCommandTests
{
    /// <summary>A pause of a busy computer is not the doorbell's.</summary>
    private static readonly FrameAssemblerOptions Patient = new() { Timeout = TimeSpan.FromSeconds(20) };

    private static readonly PixelBuffer Visitor =
        FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(3, new SceneVariation()), 320, 240);

    [Fact]
    public async Task A_sound_doorbell_is_told_line_by_line()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Visitor);

        string[] lines = StandardOutput.Of(DoctorCommand.Create(Patient), "--port", door.Terminal.PortPath).Split('\n');

        Assert.Equal(Checks.All, lines[1..^1].Select(line => line.Split(':')[0].ToLowerInvariant()));
        Assert.All(lines[1..^1], line => Assert.Contains(": all right. ", line, StringComparison.Ordinal));
        Assert.Equal("Everything is all right.", lines[^1]);
    }

    /// <summary>What `simulate --fault` can do, the check that names it, and a part of what is said.</summary>
    public static TheoryData<string, string, string> CameraFaults => new()
    {
        { "unplug-camera", Checks.Sensor, "does not answer" },
        { "no-xclk", Checks.Sensor, "does not answer" },
        { "wrong-pid", Checks.Sensor, "not an O V 76 70" },
        { "no-vsync", Checks.Sensor, "V sync is missing" },
        { "no-href", Checks.Sensor, "H ref is missing" },
        { "no-pclk", Checks.Sensor, "P clock is missing" },
        { "wire-d3=stuck", Checks.Bars, "D 3 of the camera carries nothing" },
        { "wire-d0=high", Checks.Bars, "D 0 of the camera carries the supply" },
        { "wire-d4=loose", Checks.Bars, "D 4 of the camera is unsteady" },
    };

    [Theory]
    [MemberData(nameof(CameraFaults))]
    public async Task A_fault_of_the_simulated_camera_is_named(string fault, string check, string words)
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { Camera = CameraFault.Parse(fault) }, () => Visitor);

        JsonElement told = StandardOutput.JsonOf(DoctorCommand.Create(Patient), "--port", door.Terminal.PortPath, "--json");

        JsonElement complaint = told.GetProperty("findings").EnumerateArray()
            .First(finding => finding.GetProperty("outcome").GetString() is "failed" or "warning");
        Assert.Equal(check, complaint.GetProperty("check").GetString());
        Assert.Contains(words, complaint.GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The camera is gone, and the bell is not.</summary>
    [Fact]
    public async Task A_simulated_doorbell_without_a_camera_still_rings_and_sends_nothing()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { Camera = CameraFault.Parse("unplug-camera") }, () => Visitor);

        Assert.Equal("The bell's button works.", FoundWithPress(door));
        Assert.False(door.Device.IsRunning);
    }

    private static string FoundWithPress(DoorbellOnPort door)
    {
        using var finger = new Timer(_ => door.Device.Press(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        return StandardOutput.JsonOf(DoctorCommand.Create(Patient), "--port", door.Terminal.PortPath, "--press", "--json")
            .GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("check").GetString() == Checks.Button).GetProperty("found").GetString()!;
    }

    [Fact]
    public void A_port_that_is_not_there_is_told_and_the_rest_is_named()
    {
        JsonElement told = StandardOutput.JsonOf(DoctorCommand.Create(), "--port", "/dev/ttyNONE", "--json");

        Assert.False(told.GetProperty("healthy").GetBoolean());
        Assert.False(told.GetProperty("reached").GetBoolean());
        JsonElement[] findings = [.. told.GetProperty("findings").EnumerateArray()];
        Assert.Equal(Checks.All, findings.Select(finding => finding.GetProperty("check").GetString()));
        Assert.Equal("failed", findings[0].GetProperty("outcome").GetString());
        Assert.All(findings[1..], finding => Assert.Equal("not_tried", finding.GetProperty("outcome").GetString()));
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void What_is_wrong_is_said_aloud()
    {
        using var folder = new TemporaryFolder();

        StandardOutput.Of(DoctorCommand.Create(), "--port", "/dev/ttyNONE", "--speak", "--wav", folder["doctor.wav"]);

        // "I am examining ...", what is wrong, what to do, "I found one thing to mend ...": some fifteen seconds of speech.
        Assert.True(WavHeader.TryReadClip(File.ReadAllBytes(folder["doctor.wav"]), out PcmClip? sound));
        Assert.InRange(sound.Duration.TotalSeconds, 12, 40);
    }

    [Theory]
    [InlineData(null, ExitCode.Done)]
    [InlineData(Checks.Port, ExitCode.BadInput)]
    [InlineData(Checks.Permission, ExitCode.BadInput)]
    [InlineData(Checks.Opening, ExitCode.BadInput)]
    [InlineData(Checks.Baud, ExitCode.BadInput)]
    [InlineData(Checks.Hello, ExitCode.BadInput)]
    [InlineData(Checks.Sensor, ExitCode.Failed)]
    [InlineData(Checks.Focus, ExitCode.Failed)]
    public void The_exit_code_tells_who_must_act(string? failed, ExitCode code)
    {
        Finding[] findings = [.. Checks.All.Select(check => check == failed ? Finding.Fail(check, "a", "b") : Finding.Pass(check, "a"))];

        Assert.Equal(code, DoctorCommand.ExitCodeOf(findings));
        Assert.Equal(ExitCode.Done, DoctorCommand.ExitCodeOf([Finding.Warn(Checks.Brightness, "dark", "a lamp")]));
    }

    [Fact]
    public void Wrong_options_are_said()
    {
        Assert.Equal(ExitCode.WrongUsage,
            Assert.Throws<UserErrorException>(() => StandardOutput.Of(DoctorCommand.Create(), "--focus", "--press")).ExitCode);
        Assert.Equal(ExitCode.WrongUsage,
            Assert.Throws<UserErrorException>(() => StandardOutput.Of(DoctorCommand.Create(), "--focus", "--json")).ExitCode);
        Assert.Equal(ExitCode.WrongUsage,
            Assert.Throws<UserErrorException>(() => StandardOutput.Of(DoctorCommand.Create(), "--baud", "7")).ExitCode);
    }

    [Fact]
    public async Task The_focus_is_said_frame_by_frame_until_the_doorbell_goes_away()
    {
        int frames = 0;
        Task pulled = Task.CompletedTask;
        DoorbellOnPort? door = null;
        PixelBuffer Scene()
        {
            if (++frames == 30) pulled = Task.Run(() => door!.DisposeAsync().AsTask());
            return Visitor;
        }
        door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, Scene);

        string[] lines = StandardOutput.Of(DoctorCommand.Create(Patient), "--focus", "--port", door.Terminal.PortPath).Split('\n');
        await pulled;

        Assert.Equal("I am looking for the doorbell.", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("Turn the lens slowly", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(", sharp.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Cable: WRONG. The doorbell went away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_focus_mode_and_the_doorbell_stops_sending()
    {
        var looking = new TaskCompletionSource();
        int frames = 0;
        await using DoorbellOnPort door = DoorbellOnPort.Started(
            new VirtualDoorbellOptions { StartTime = TimeSpan.Zero, BaudRateBitsPerSecond = 2_000_000 }, () =>
        {
            if (++frames == 3) looking.SetResult();
            return Visitor;
        });
        using RunningHost doctor = RunningHost.Start("doctor", "--focus", "--baud", "2000000", "--port", door.Terminal.PortPath);
        await looking.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((int)ExitCode.Done, await doctor.StopAsync());

        for (int tries = 0; tries < 100 && !door.Device.IsIdle; tries++) await Task.Delay(100);
        Assert.True(door.Device.IsIdle, "It is still being asked for frames.");
    }

    [RootFact]
    [SupportedOSPlatform("linux")]
    public async Task A_user_without_the_right_to_the_port_is_told()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        File.SetUnixFileMode(terminal.SlavePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal((Checks.Permission, "You may not use the port."), await FailureForNobodyAsync(terminal.PortPath));
    }

    /// <summary>Only root may open a port that another has claimed.</summary>
    [RootFact]
    [SupportedOSPlatform("linux")]
    public async Task A_port_that_another_program_holds_is_told()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        File.SetUnixFileMode(terminal.SlavePath,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        await using SerialByteLink holder = await HostEnd.OpenAsync(terminal, 1_000_000);

        Assert.Equal((Checks.Opening, "Another program is using the port."), await FailureForNobodyAsync(terminal.PortPath));
    }

    /// <summary>Runs the program itself as the user nobody: it ends with 3.</summary>
    /// <returns>The check that failed, and its words.</returns>
    private static async Task<(string? Check, string? Found)> FailureForNobodyAsync(string portPath)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["--reuid=65534", "--regid=65534", "--clear-groups", DotnetProgram.Runner, "exec",
            typeof(DoctorCommand).Assembly.Location, "doctor", "--port", portPath, "--json"]) start.ArgumentList.Add(word);
        using Process nobody = Process.Start(start)!;
        Task<string> errors = nobody.StandardError.ReadToEndAsync();
        string output = await nobody.StandardOutput.ReadToEndAsync();
        await nobody.WaitForExitAsync();
        Assert.True(nobody.ExitCode == (int)ExitCode.BadInput, output + await errors);
        JsonElement failed =
            Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray(), finding =>
                finding.GetProperty("outcome").GetString() == "failed");
        return (failed.GetProperty("check").GetString(), failed.GetProperty("found").GetString());
    }

    /// <summary>
    /// Who runs this must be able to become another user, who may read the program. Otherwise the test is skipped, with the reason.
    /// </summary>
    private sealed class RootFactAttribute : FactAttribute
    {
        public RootFactAttribute()
        {
            if (Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
                Skip = "needs root and setpriv, to run the program as a user without rights";
            else if (OperatingSystem.IsLinux() && ClosedToOthers(new DirectoryInfo(AppContext.BaseDirectory)) is { } closed)
                Skip = $"needs a checkout that other users may read; {closed} they may not enter";
        }

        [SupportedOSPlatform("linux")]
        private static string? ClosedToOthers(DirectoryInfo? folder)
        {
            for (; folder is not null; folder = folder.Parent)
            {
                if ((folder.UnixFileMode & UnixFileMode.OtherExecute) == 0) return folder.FullName;
            }
            return null;
        }
    }
}
