using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>A ring is never lost, whatever the device is doing, and is on the line within 20 ms. The simulated contacts bounce.</summary>
public class BellTests
{
    private const int ReadyCode = 1;
    private const double PromiseMilliseconds = 20;

    /// <summary>Rate, mode, and whether frames are streaming; presses fall at odd times, so that they meet rows, gaps, blanks and pauses.</summary>
    public static TheoryData<int, int, bool> States => new()
    {
        { 1_000_000, 0, false }, { 1_000_000, 0, true }, { 1_000_000, 2, true }, { 2_000_000, 0, true }, { 2_000_000, 1, true }, { 500_000, 0, true },
    };

    [FirmwareTheory]
    [MemberData(nameof(States))]
    public void A_press_is_sent_within_20_ms_in_every_state(int baud, int mode, bool streams)
    {
        // From the first milliseconds (registers being written) through the checks and the settling to frames, with the mode changed in between.
        int[] pressedAt = [15, 190, 433, 777, 1201, 1663, 2150, 2718, 3141, 3777, 4242, 4813, 5391, 6007, 6551, 7103, 7659, 8211];
        using Scene scene = Scene.Noise(seed: 11);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene, pressedAt.Select(at => $"@{at} press 120"), seconds: baud == 500_000 ? 12 : 8.5);
        device.NextLog(ReadyCode);
        if (mode != 0) device.Command(HostCommand.SetMode(mode));
        if (streams) device.Command(HostCommand.StreamOn);

        JsonElement counters = device.ReadToTheEnd();

        Assert.Equal(pressedAt.Length, counters.GetProperty("bells").GetInt32());
        Assert.InRange(counters.GetProperty("slowest_bell_ms").GetDouble(), 4, PromiseMilliseconds);
        Assert.Equal(Enumerable.Range(1, pressedAt.Length), device.Seen.OfType<BellReceived>().Where(bell => bell.IsNew).Select(bell => bell.Bell.Press));
        Assert.Equal(0, device.Receiver.Statistics.PressesMissed);
        Assert.Equal(0, device.Receiver.Statistics.CrcFailures);
        Assert.Equal(0, counters.GetProperty("transmit_overruns").GetInt64());
        Assert.Equal(0, counters.GetProperty("rows_late").GetInt64());
        Assert.True(!streams || device.Receiver.Statistics.FramesWhole > 0, device.Describe());
    }

    [FirmwareFact]
    public void A_press_is_sent_within_20_ms_while_the_camera_is_missing()
    {
        int[] pressedAt = [20, 900, 2517, 3033, 4444];
        using Scene scene = Scene.Noise(seed: 12);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene,
            [.. pressedAt.Select(at => $"@{at} press"), "@0 fault unplugged"], seconds: 5);

        JsonElement counters = device.ReadToTheEnd();

        Assert.Equal(pressedAt.Length, counters.GetProperty("bells").GetInt32());
        Assert.InRange(counters.GetProperty("slowest_bell_ms").GetDouble(), 4, PromiseMilliseconds);
    }

    [FirmwareFact]
    public void A_press_is_repeated_until_acknowledged_and_starts_a_run_of_frames()
    {
        using Scene scene = Scene.Noise(seed: 13);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene) { AcknowledgesPresses = false };
        device.NextLog(ReadyCode);
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
        for (int i = 0; i < 8; i++) Assert.Equal(FrameTrigger.Bell, device.Next<FrameReceived>().Trigger);
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
        device.NextLog(ReadyCode);
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
                    device.NextLog(ReadyCode);
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
}
