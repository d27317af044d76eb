using System.Text.RegularExpressions;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Firmware.Tests;

/// <summary>The doctor and the real firmware, with one fault at a time: it names that fault and no other.</summary>
public partial class DoctorTests
{
    private const int Baud = 2_000_000;

    /// <summary>What is done to the device, the check that must fail, and a part of what must be said.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "fault unplugged", Checks.Sensor, "does not answer" },
        { "fault no-clock", Checks.Sensor, "does not answer" },
        { "fault wrong-pid", Checks.Sensor, "not an O V 76 70" },
        { "fault silent", Checks.Sensor, "V sync is missing" },
        { "fault no-href", Checks.Sensor, "H ref is missing" },
        { "fault no-pclk", Checks.Sensor, "P clock is missing" },
        { "fault stuck-low 6", Checks.Bars, "D 6 of the camera carries nothing" },
        { "fault stuck-high 0", Checks.Bars, "D 0 of the camera carries the supply" },
        { "fault swapped 0 1", Checks.Bars, "D 0 and D 1 of the camera have changed places" },
        { "fault swapped 3 7", Checks.Bars, "D 3 and D 7 of the camera have changed places" },
        { "fault loose 4", Checks.Bars, "D 4 of the camera is unsteady" },
        { "supply 4000", Checks.Supply, "too low" },
        { "press 60000", Checks.Button, "stuck" },
    };

    [FirmwareFact]
    public async Task A_sound_device_passes_every_check()
    {
        IReadOnlyList<Finding> findings = await ExamineAsync(Scene.Blocks(), []);

        Assert.All(findings, finding => Assert.True(finding.Outcome == FindingOutcome.Passed, finding.ToString()));
        Assert.Equal(Checks.All.Skip(2), findings.Select(finding => finding.Check));
    }

    /// <summary>Two projects in three have had such a sensor: nothing is wrong with its wires.</summary>
    [FirmwareFact]
    public async Task A_sensor_whose_rows_begin_elsewhere_is_sound_and_told_of()
    {
        IReadOnlyList<Finding> findings = await ExamineAsync(Scene.Blocks(), ["@0 edge-offset 1 3", "@0 edge-offset 2 2"]);

        Assert.All(findings, finding => Assert.True(finding.Outcome == FindingOutcome.Passed, finding.ToString()));
        Assert.Contains("set itself to that", findings.Single(finding => finding.Check == Checks.Sensor).Found, StringComparison.Ordinal);
    }

    [FirmwareTheory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named(string fault, string check, string words)
    {
        IReadOnlyList<Finding> findings = await ExamineAsync(Scene.Blocks(), [$"@0 {fault}"]);

        Finding complaint = findings.First(finding => finding.IsComplaint);
        Assert.Equal(check, complaint.Check);
        Assert.Contains(words, complaint.Found, StringComparison.Ordinal);
        // What a broken wire does to the picture may be complained of besides; everything before it must be sound.
        Assert.All(findings.TakeWhile(finding => finding != complaint), finding => Assert.Equal(FindingOutcome.Passed, finding.Outcome));
    }

    /// <summary>What `simulate --fault` knows is the same fault for the real firmware.</summary>
    [FirmwareTheory]
    [InlineData("no-xclk")]
    [InlineData("no-vsync")]
    [InlineData("wire-d3=stuck")]
    [InlineData("wire-d5=high")]
    public void A_fault_of_simulate_is_said_by_the_firmware_as_by_the_doorbell_made_of_software(string name)
    {
        CameraFault fault = CameraFault.Parse(name);
        using Scene scene = Scene.Blocks();
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, [$"@0 fault {fault.InTheFirmwaresWords}"]);

        LogPacket remark = device.NextLog(fault.RemarkCode);
        StatusPacket status = device.Next<StatusReceived>().Status;

        Assert.Equal((LogSeverity.Error, fault.Remark), (remark.Severity, remark.Text));
        Assert.Equal((fault.ChecksRun, fault.ChecksPassed), (status.ChecksRun, status.ChecksPassed));
    }

    [FirmwareFact]
    public async Task A_cap_on_the_lens_is_named()
    {
        Finding complaint = Assert.Single(await ExamineAsync(Scene.Plain(0), []), finding => finding.IsComplaint);

        Assert.Equal((Checks.Brightness, "The picture is black."), (complaint.Check, complaint.Found));
    }

    /// <summary>The simulated sun is ten times too bright for the shortest exposure there is.</summary>
    [FirmwareFact]
    public async Task More_light_than_the_rate_allows_is_named()
    {
        Finding complaint = Assert.Single(await ExamineAsync(Scene.Plain(128), ["@0 light 60"]), finding => finding.IsComplaint);

        Assert.Equal(Checks.Brightness, complaint.Check);
        Assert.Contains("more light than the camera can take at this rate", complaint.Found, StringComparison.Ordinal);
    }

    [FirmwareFact]
    public async Task A_lens_out_of_focus_is_named()
    {
        Finding complaint = Assert.Single(await ExamineAsync(Scene.Blocks(smearedBy: 9), []), finding => finding.IsComplaint);

        Assert.Equal((Checks.Focus, FindingOutcome.Failed), (complaint.Check, complaint.Outcome));
    }

    [FirmwareFact]
    public async Task A_device_at_another_speed_is_found_and_at_one_that_is_not_tried_it_is_named()
    {
        // What a device says before somebody opens its port waits there in the simulation; on a wire it is gone. The ring that nobody
        // acknowledges is said ten times a second.
        string[] plan = ["@0 fault cable-cut", "@3000 heal", "@3000 press"];
        IReadOnlyList<Finding> found = await ExamineAsync(Scene.Blocks(), plan, [500_000, Baud], isReady: "bell ");
        IReadOnlyList<Finding> notFound = await ExamineAsync(Scene.Blocks(), plan, [500_000, 1_000_000]);

        Assert.All(found, finding => Assert.Equal(FindingOutcome.Passed, finding.Outcome));
        Assert.Contains("2,000,000", found.Single(finding => finding.Check == Checks.Baud).Found, StringComparison.Ordinal);
        Finding complaint = Assert.Single(notFound, finding => finding.IsComplaint);
        Assert.Equal(Checks.Baud, complaint.Check);
        Assert.Contains("at no known speed", complaint.Found, StringComparison.Ordinal);
    }

    /// <summary>
    /// Somebody turns the lens: far out, better, right, and past it. The doctor follows with a number a frame, and stops asking when it is
    /// stopped.
    /// </summary>
    [FirmwareFact]
    public async Task The_focus_guide_follows_the_lens()
    {
        using Scene farOut = Scene.Blocks(smearedBy: 9), near = Scene.Blocks(smearedBy: 2), right = Scene.Blocks();
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), farOut, listens: false);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        bool wasSharp = false;
        using var said = new LensTurner(line =>
        {
            wasSharp |= line.EndsWith(", sharp.", StringComparison.Ordinal);
            // A frame in which the lens is turned may be worse than both; only past the best picture is the end.
            bool isWorse = line.Contains("It was", StringComparison.Ordinal);
            if (isWorse && wasSharp) stop.Cancel();
            else if (!line.StartsWith("Turn", StringComparison.Ordinal))
                device.Do("show " + (isWorse || BlurredSoFar().IsMatch(line) ? right : near).Path);
        });
        TextWriter before = Console.Out;
        Console.SetOut(said);
        try
        {
            DoorbellLinkOptions options = DoorbellLinkOptions.ForPort(device.PortPath, Baud) with
            {
                Frames = new FrameAssemblerOptions { Timeout = TimeSpan.FromSeconds(20) },
            };
            await using var voice = new DoctorVoice(speaker: null, json: false);
            await new FocusGuide(options, TimeProvider.System, voice).RunAsync(finding => Assert.Fail(finding.ToString()), stop.Token);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.StartsWith("Turn the lens slowly", said.Lines[0], StringComparison.Ordinal);
        Assert.Equal("No edges.", said.Lines[1]);
        Assert.Contains(said.Lines, line => BlurredSoFar().IsMatch(line));
        Assert.Contains(said.Lines, line => line.EndsWith(", sharp.", StringComparison.Ordinal));
        Assert.Matches(@"^\d+\. It was \d+\.$", said.Lines[^1]);
    }

    [GeneratedRegex(@"^\d+\.$")]
    private static partial Regex BlurredSoFar();

    /// <summary>Takes what is written line by line.</summary>
    private sealed class LensTurner(Action<string> onLine) : StringWriter
    {
        public List<string> Lines { get; } = [];

        public override void WriteLine(string? value)
        {
            Lines.Add(value!);
            onLine(value!);
        }
    }

    /// <param name="scene">What the camera sees.</param>
    /// <param name="plan">What happens.</param>
    /// <param name="rates">The rates to look for it at.</param>
    /// <param name="isReady">The port is opened when the simulator has said a line that begins so; null: at once.</param>
    private static async Task<IReadOnlyList<Finding>> ExamineAsync(Scene scene, string[] plan, int[]? rates = null, string? isReady = null)
    {
        using (scene)
        {
            using var device = new SimulatedDevice(FirmwareBuild.Sketch(Baud), scene, plan, listens: false);
            while (isReady is not null && !device.Remarks().Any(line => line.StartsWith(isReady, StringComparison.Ordinal)))
                await Task.Delay(20);
            DoorbellLinkOptions options = DoorbellLinkOptions.ForPort(device.PortPath, Baud) with
            {
                BaudRatesBitsPerSecond = rates ?? [Baud],
                // A pause of the simulator on a busy computer is not the device's.
                Frames = new FrameAssemblerOptions { Timeout = TimeSpan.FromSeconds(20) },
            };
            return await new Examination(options, TimeProvider.System, _ => { }).RunAsync(CancellationToken.None);
        }
    }
}
