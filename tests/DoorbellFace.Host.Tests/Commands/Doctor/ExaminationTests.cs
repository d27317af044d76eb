using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.Pty;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Host.Tests.Commands.Doctor;

/// <summary>
/// The doctor and a virtual doorbell on a real pseudo-terminal. tests/DoorbellFace.Firmware.Tests has the same with the real firmware.
/// </summary>
public class ExaminationTests
{
    private static readonly PixelBuffer Visitor =
        FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(3, new SceneVariation()), 320, 240);

    /// <summary>Dark blocks on a light ground: what is held before a lens to see whether it is sharp.</summary>
    private static readonly PixelBuffer Blocks =
        new(320, 240, PixelFormat.Gray8,
            Enumerable.Range(0, 320 * 240).Select(i => (byte)(((i % 320 / 20) + (i / 320 / 20)) % 2 == 0 ? 50 : 200)).ToArray());

    [Fact]
    public async Task A_sound_doorbell_passes_every_check_and_is_left_as_it_was()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { Mode = SensorMode.All[2] }, () => Visitor);

        IReadOnlyList<Finding> findings = await ExamineAsync(door.Terminal.PortPath);

        Assert.All(findings, finding => Assert.True(finding.Outcome == FindingOutcome.Passed, finding.ToString()));
        Assert.Equal(Checks.All.Skip(2), findings.Select(finding => finding.Check));
        await using var link = new LinkUnderTest(door.Terminal.PortPath);
        Assert.Equal(2, (await link.NextAsync<LinkUp>()).Hello!.Value.Mode);
        await link.Link.SendAsync(HostCommand.Capture, CancellationToken.None);
        Assert.False((await link.NextAsync<FrameReceived>()).ShowsTestBars);
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(3f)]
    public async Task A_lens_out_of_focus_is_told(float blur)
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { BlurSigmaPixels = blur, NoiseSigma = 3 }, () => Blocks);

        AssertOnly(Checks.Focus, "blurred", await ExamineAsync(door.Terminal.PortPath));
    }

    [Theory]
    [InlineData(0, "black")]
    [InlineData(255, "white")]
    [InlineData(90, "same gray")]
    public async Task A_picture_that_shows_nothing_is_told(byte level, string words)
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => TestPictures.Plain(320, 240, level));

        AssertOnly(Checks.Brightness, words, await ExamineAsync(door.Terminal.PortPath));
    }

    [Fact]
    public async Task A_device_at_a_speed_that_nobody_knows_is_told()
    {
        // It speaks a second after it was opened: until the host has set a speed, the terminal has the device's own, at which a word of it
        // would be understood.
        VirtualDoorbellOptions device = VirtualDoorbellOptions.Unpaced with
        {
            BaudRateBitsPerSecond = 115_200, StartTime = TimeSpan.FromSeconds(1),
        };
        await using DoorbellOnPort door = DoorbellOnPort.Started(device, () => Visitor, resetsOnOpening: true);

        AssertOnly(Checks.Baud, "at no known speed", await ExamineAsync(door.Terminal.PortPath));
    }

    [Fact]
    public async Task A_port_that_says_nothing_is_told()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);

        AssertOnly(Checks.Baud, "says nothing", await ExamineAsync(terminal.PortPath));
    }

    [Fact]
    public async Task Another_protocol_is_told()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { ProtocolMajor = 2 }, () => Visitor);

        AssertOnly(Checks.Hello, "do not belong together", await ExamineAsync(door.Terminal.PortPath));
    }

    [Fact]
    public async Task What_is_no_serial_port_is_told() => AssertOnly(Checks.Opening, "cannot be opened", await ExamineAsync("/dev/null"));

    [Fact]
    public async Task A_cable_that_damages_frames_is_told()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Visitor, new CableFaults(0.0004, 0.0004, 0));

        IReadOnlyList<Finding> findings = await ExamineAsync(door.Terminal.PortPath);

        Assert.Contains(findings, finding => finding is { Check: Checks.Cable, IsComplaint: true });
    }

    [Fact]
    public async Task A_press_is_asked_for_and_heard()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => Visitor);
        var findings = new List<Finding>();

        await new Examination(LinkUnderTest.Impatient(door.Terminal.PortPath), TimeProvider.System, findings.Add)
        {
            WaitForPress = TimeSpan.FromSeconds(30),
            AskForPress = () => door.Device.Press(),
        }.RunAsync(CancellationToken.None);

        Assert.Contains(findings, finding => finding is { Check: Checks.Button, Found: "The bell's button works." });
    }

    [Fact]
    public async Task A_doorbell_that_is_pulled_in_the_middle_is_told()
    {
        var door = DoorbellOnPort.Started(new VirtualDoorbellOptions { StartTime = TimeSpan.Zero }, () => Visitor);
        var findings = new List<Finding>();
        Task pulled = Task.CompletedTask;
        void Tell(Finding finding)
        {
            findings.Add(finding);
            if (finding.Check == Checks.Sensor) pulled = door.DisposeAsync().AsTask();
        }

        await new Examination(LinkUnderTest.Impatient(door.Terminal.PortPath), TimeProvider.System, Tell).RunAsync(CancellationToken.None);
        await pulled;

        AssertOnly(Checks.Cable, "went away", findings);
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(string portPath) =>
        new Examination(LinkUnderTest.Impatient(portPath) with { MostWaitingFrames = 8 }, TimeProvider.System, _ => { })
            .RunAsync(CancellationToken.None);

    /// <summary>That check has failed with those words, and no other.</summary>
    private static void AssertOnly(string check, string words, IReadOnlyList<Finding> findings)
    {
        Finding complaint = Assert.Single(findings, finding => finding.IsComplaint);
        Assert.Equal((check, FindingOutcome.Failed), (complaint.Check, complaint.Outcome));
        Assert.Contains(words, complaint.Found, StringComparison.Ordinal);
    }
}
