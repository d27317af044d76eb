using System.Globalization;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Testing;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// The real firmware begins at a rate that every USB chip carries, and the host finds the fastest at which nothing is lost
/// (docs/protocol.md, "Rates"). The simulated terminal garbles what is sent at another rate than the host has set.
/// </summary>
public class RateTests
{
    /// <summary>What the USB chip does, the rate that must come of it, and a part of what the doctor says.</summary>
    public static TheoryData<string, int, string> Chips => new()
    {
        { "heal", 2_000_000, "2,000,000 bits per second, the fastest there is." },
        { "fault usb-deaf-above 1000000", 1_000_000, "at 2,000,000 neither end heard the other" },
        { "fault usb-loses-above 500000 3000", 500_000, "at 1,000,000 a part of what was sent got lost. The USB chip of a genuine Uno" },
    };

    [FirmwareTheory]
    [MemberData(nameof(Chips))]
    public async Task The_fastest_rate_that_the_USB_chip_carries_is_found_and_said(string chip, int rate, string words)
    {
        using Scene scene = Scene.Blocks();
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene, [$"@0 {chip}"], listens: false, realTime: true);
        List<Finding> findings = [];
        DoorbellLinkOptions options = DoorbellLinkOptions.ForPort(device.PortPath, 500_000) with
        {
            Frames = new FrameAssemblerOptions { Timeout = TimeSpan.FromSeconds(20) },
        };

        await new Examination(options, TimeProvider.System, findings.Add).RunAsync(CancellationToken.None);

        Finding found = findings.Single(finding => finding.Check == Checks.Baud);
        Assert.Equal(FindingOutcome.Passed, found.Outcome);
        Assert.Contains(words, found.Found, StringComparison.Ordinal);
        Assert.All(findings, finding => Assert.True(finding.Outcome == FindingOutcome.Passed, finding.ToString()));
        Assert.Equal(rate, device.Finish().GetProperty("baud").GetInt32());
    }

    /// <summary>A device that starts again is at its first rate again; the host hears nonsense, and follows.</summary>
    [FirmwareFact]
    public async Task A_device_that_starts_again_is_found_again_and_its_ring_heard()
    {
        using Scene scene = Scene.Blocks();
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene, listens: false, realTime: true);
        await using var link = new LinkUnderTest(LinkUnderTest.Impatient(device.PortPath, 500_000));
        Assert.Equal(2_000_000, (await link.NextAsync<RateSettled>()).Hello.BaudRateBitsPerSecond);

        device.Do("reset", "+40 press");

        Assert.Equal(1, (await link.NextAsync<BellReceived>()).Bell.Press);
        Assert.Equal(2_000_000, (await link.NextAsync<RateSettled>()).Hello.BaudRateBitsPerSecond);
        Assert.Equal(240, (await link.NextAsync<FrameReceived>()).Frame.Pixels.Height);
    }

    /// <summary>The whole exchange at simulated times: who is not heard at a rate leaves it within a second and a little.</summary>
    [FirmwareFact]
    public void A_rate_at_which_nobody_speaks_is_left_after_a_second()
    {
        static string Send(int at, HostCommand command) => SimulatedDevice.At(at, command);
        using Scene scene = Scene.Noise(seed: 91);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene,
            [
                Send(60, HostCommand.ForRate(1_000_000)),
                Send(5000, HostCommand.ForRate(2_000_000)), Send(5010, HostCommand.ForRate(2_000_000)), Send(5200, HostCommand.KeepRate),
                Send(12000, HostCommand.Capture),
            ], seconds: 14);

        device.ReadToTheEnd();

        (int Baud, double At)[] changes = [.. device.Remarks().Select(line => line.Split(' ')).Where(words => words[0] == "baud")
            .Select(words => (int.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture)))];
        Assert.Equal([500_000, 1_000_000, 500_000, 2_000_000], changes.Select(change => change.Baud));
        Assert.InRange(changes[1].At, 60, 65);
        Assert.InRange(changes[2].At - changes[1].At, 998, 1020); // to the millisecond of its clock
        Assert.Equal(32, device.Seen.OfType<LineTestReceived>().Count());
        Assert.True(device.Seen.OfType<FrameReceived>().Single().Frame.Pixels.Pixels.SequenceEqual(scene.Expected(0)));
    }

    /// <summary>Rows are timed for the rate that their frame began with: the change waits for the frame's end.</summary>
    [FirmwareFact]
    public void A_frame_under_way_is_sent_to_its_end_first()
    {
        using Scene scene = Scene.Noise(seed: 92);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene,
            [
                SimulatedDevice.At(9000, HostCommand.Capture), SimulatedDevice.At(10200, HostCommand.ForRate(2_000_000)),
                SimulatedDevice.At(11500, HostCommand.KeepRate), SimulatedDevice.At(13000, HostCommand.Capture),
            ], seconds: 15);

        device.ReadToTheEnd();

        FrameReceived[] frames = [.. device.Seen.OfType<FrameReceived>()];
        Assert.Equal(2, frames.Length);
        Assert.All(frames, frame => Assert.True(frame.Frame.Pixels.Pixels.SequenceEqual(scene.Expected(0))));
        int firstFrame = device.Seen.IndexOf(frames[0]);
        int change = device.Seen.FindIndex(seen => seen is CommandAcknowledged ack && ack.Ack.Command == 'C');
        Assert.True(change > firstFrame, device.Describe());
    }
}
