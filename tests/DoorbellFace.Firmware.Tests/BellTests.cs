using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>A ring is never lost, whatever the device is doing, and is on the line within 30 ms. The simulated contacts bounce.</summary>
public class BellTests
{
    private const double PromiseMilliseconds = 30;

    /// <summary>Rate, mode, whether frames are streaming, and how long.</summary>
    public static TheoryData<int, int, bool, double> States => new()
    {
        { 1_000_000, 0, false, 7 }, { 1_000_000, 0, true, 8.5 }, { 1_000_000, 2, true, 14 }, { 2_000_000, 0, true, 8.5 },
            { 2_000_000, 1, true, 9 }, { 500_000, 0, true, 12 },
    };

    /// <summary>
    /// From the first milliseconds (registers being written) through the checks and the settling to frames, with the mode changed in
    /// between. Everything that the host does is planned in simulated time: the test is the same on a busy computer.
    /// </summary>
    [FirmwareTheory]
    [MemberData(nameof(States))]
    public void A_press_is_sent_within_30_ms_in_every_state(int baud, int mode, bool streams, double seconds)
    {
        var presses = new PlannedPresses(seconds);
        List<string> plan = [.. presses.Plan];
        if (mode != 0) plan.Add(SimulatedDevice.At(4500, HostCommand.SetMode(mode)));
        if (streams) plan.Add(SimulatedDevice.At(4600, HostCommand.StreamOn));
        using Scene scene = Scene.Noise(seed: 11);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene, plan, seconds: seconds);

        JsonElement counters = device.ReadToTheEnd();

        presses.AssertAllSent(device, counters);
        Assert.Equal(0, device.Receiver.Statistics.CrcFailures);
        Assert.Equal(0, counters.GetProperty("transmit_overruns").GetInt64());
        Assert.Equal(0, counters.GetProperty("rows_late").GetInt64());
        if (!streams) return;
        Assert.True(device.Receiver.Statistics.FramesWhole > 0, device.Describe());
        FrameReceived last = device.Seen.OfType<FrameReceived>().Last();
        Assert.Equal(mode == 1 ? (160, 120) : (320, 240), (last.Frame.Pixels.Width, last.Frame.Pixels.Height));
        Assert.Equal(mode == 2 ? PixelFormat.Yuv422 : PixelFormat.Gray8, last.Frame.Pixels.Format);
    }

    /// <summary>
    /// A row takes 13 ms there, and within its pixels nothing else is done; worse is only a camera that falls silent in it.
    /// </summary>
    [FirmwareTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_press_is_sent_within_30_ms_in_the_slowest_mode(bool cameraFallsSilent)
    {
        var presses = new PlannedPresses(seconds: 20);
        string[] faults = cameraFallsSilent ? ["@12700 fault silent"] : [];
        using Scene scene = Scene.Noise(seed: 16);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000, "-slowest", "-DSTART_MODE=2"), scene,
            [.. presses.Plan, SimulatedDevice.At(4600, HostCommand.StreamOn), .. faults], seconds: 20);

        JsonElement counters = device.ReadToTheEnd();

        presses.AssertAllSent(device, counters);
        Assert.True(counters.GetProperty("rows").GetInt64() > 100, "No frame was under way.");
        // That frame is given up without a word; that no other begins is an error.
        Assert.Equal(cameraFallsSilent, device.Seen.OfType<LogReceived>().Any(log => log.Log.Code == LogCode.NoVsync));
    }

    [FirmwareFact]
    public void A_press_is_sent_within_30_ms_while_the_camera_is_missing()
    {
        var presses = new PlannedPresses(seconds: 5);
        using Scene scene = Scene.Noise(seed: 12);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, [.. presses.Plan, "@0 fault unplugged"], seconds: 5);

        presses.AssertAllSent(device, device.ReadToTheEnd());
    }

    [FirmwareFact]
    public void A_press_is_repeated_until_acknowledged_and_starts_a_run_of_frames()
    {
        using Scene scene = Scene.Noise(seed: 13);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene) { AcknowledgesPresses = false };
        device.NextLog(LogCode.Ready);
        device.Do("press");

        BellReceived first = device.Next<BellReceived>();
        for (int i = 0; i < 3; i++)
        {
            BellReceived repeat = device.Next<BellReceived>();
            Assert.Equal(first.Bell, repeat.Bell);
            Assert.False(repeat.IsNew);
        }
        device.Command(HostCommand.BellAck(first.Bell.Press));
        int bellsUntilAcknowledged = device.Seen.OfType<BellReceived>().Count();
        // The simulated time has gone on meanwhile: frames may have come before the acknowledgement.
        while (device.Seen.OfType<FrameReceived>().Count() < 8) device.Next<FrameReceived>();
        Assert.All(device.Seen.OfType<FrameReceived>(), frame => Assert.Equal(FrameTrigger.Bell, frame.Trigger));
        device.Command(HostCommand.Status);
        StatusPacket status = device.Next<StatusReceived>().Status;

        Assert.Equal(bellsUntilAcknowledged, device.Seen.OfType<BellReceived>().Count());
        Assert.Equal(1, status.Presses);
        Assert.Equal(8, status.Frames);
    }

    [FirmwareFact]
    public void Motion_starts_frames_without_a_ring()
    {
        using Scene scene = Scene.Noise(seed: 14);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene);
        device.NextLog(LogCode.Ready);
        device.Do("motion");

        for (int i = 0; i < 4; i++) Assert.Equal(FrameTrigger.Motion, device.Next<FrameReceived>().Trigger);
        device.Command(HostCommand.Status);

        Assert.Equal(1, device.Next<StatusReceived>().Status.MotionTriggers);
        Assert.Empty(device.Seen.OfType<BellReceived>());
    }

    [FirmwareFact]
    public void Starts_are_counted_over_power_cuts_and_restarts()
    {
        string eeprom = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(eeprom, []);
            using Scene scene = Scene.Noise(seed: 15);
            List<string> starts = [];
            for (int i = 0; i < 3; i++)
            {
                using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, eeprom: eeprom);
                AddStart(device);
                if (i == 1)
                {
                    device.NextLog(LogCode.Ready);
                    device.Command(HostCommand.Reset);
                    AddStart(device);
                    device.Do("reset"); // the reset pin, which a host that opens the port pulls
                    AddStart(device);
                }
                device.Finish();
            }

            Assert.Equal(["boot 0 cause 1", "boot 1 cause 1", "boot 2 cause 0", "boot 3 cause 2", "boot 4 cause 1"], starts);

            void AddStart(SimulatedDevice device)
            {
                HelloPacket hello = device.Next<HelloReceived>().Hello;
                starts.Add(string.Create(CultureInfo.InvariantCulture, $"boot {hello.Boot} cause {hello.ResetCause}"));
            }
        }
        finally
        {
            File.Delete(eeprom);
        }
    }

    /// <summary>
    /// Presses from the first milliseconds on, at odd distances, so that they meet rows, gaps, blanks and pauses; each is acknowledged.
    /// </summary>
    private sealed class PlannedPresses
    {
        private const int HeldMilliseconds = 50, AcknowledgedAfterMilliseconds = 45, LastBeforeTheEndMilliseconds = 60;

        /// <summary>More than a press is held, and the contact open, before the next one counts.</summary>
        private const double LeastDistanceMilliseconds = 115.37;

        private readonly int _count;

        public PlannedPresses(double seconds)
        {
            List<string> plan = [];
            for (double at = 15; at < (seconds * 1000) - LastBeforeTheEndMilliseconds; at += LeastDistanceMilliseconds + (_count * 29 % 41))
            {
                _count++;
                plan.Add(string.Create(CultureInfo.InvariantCulture, $"@{at} press {HeldMilliseconds}"));
                plan.Add(SimulatedDevice.At(at + AcknowledgedAfterMilliseconds, HostCommand.BellAck(_count)));
            }
            Plan = plan;
        }

        public IReadOnlyList<string> Plan { get; }

        public void AssertAllSent(SimulatedDevice device, JsonElement counters)
        {
            Assert.True(_count > 30);
            Assert.Equal(_count, counters.GetProperty("bells").GetInt32());
            Assert.InRange(counters.GetProperty("slowest_bell_ms").GetDouble(), 12, PromiseMilliseconds);
            Assert.Equal(Enumerable.Range(1, _count),
                device.Seen.OfType<BellReceived>().Where(bell => bell.IsNew).Select(bell => bell.Bell.Press));
            Assert.Equal(0, device.Receiver.Statistics.PressesMissed);
        }
    }
}
