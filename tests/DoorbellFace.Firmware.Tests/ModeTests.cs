using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>Every mode at every serial rate, from the sensor's pins to the host's pixels, byte by byte.</summary>
public class ModeTests
{
    private const int FramesToCompare = 4;

    /// <summary>Frames a second that each mode must reach: what docs/results/firmware.md promises.</summary>
    public static TheoryData<int, int, double> Modes => new()
    {
        { 1_000_000, 0, 1.11 }, { 1_000_000, 1, 3.33 }, { 1_000_000, 2, 0.58 }, { 1_000_000, 3, 2.0 },
        { 2_000_000, 0, 2.0 }, { 2_000_000, 1, 5.0 }, { 2_000_000, 2, 1.11 }, { 2_000_000, 3, 3.33 },
        { 500_000, 0, 0.55 }, { 500_000, 1, 2.0 }, { 500_000, 2, 0.29 }, { 500_000, 3, 1.11 },
        { 500_000, 4, 1.0 }, { 1_000_000, 4, 2.0 }, { 2_000_000, 4, 3.33 },
    };

    [FirmwareTheory]
    [MemberData(nameof(Modes))]
    public void A_mode_arrives_byte_for_byte_and_as_fast_as_promised(int baud, int mode, double framesPerSecond)
    {
        using Scene scene = Scene.Noise(seed: baud + mode);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene);
        device.NextLog(LogCode.Ready);
        if (mode != 0)
        {
            device.Command(HostCommand.SetMode(mode));
            device.NextLog(LogCode.Ready);
        }
        device.Command(HostCommand.StreamOn);

        for (int i = 0; i < FramesToCompare; i++)
        {
            FrameReceived received = device.Next<FrameReceived>();
            PixelBuffer pixels = received.Frame.Pixels;
            Assert.Equal(ModeTable.IsQvga(mode) ? (320, 240) : (160, 120), (pixels.Width, pixels.Height));
            Assert.Equal(ModeTable.IsColour(mode) ? PixelFormat.Yuv422 : PixelFormat.Gray8, pixels.Format);
            Assert.Empty(received.Frame.ConcealedRows);
            Assert.Equal(FrameTrigger.Stream, received.Trigger);
            Assert.Equal(i, received.Frame.Sequence);
            Assert.Equal((pixels.Height, 0, 0),
                (received.End!.Value.RowsSent, received.End.Value.TransmitOverruns, received.End.Value.Timeouts));
            AssertSame(scene.Expected(mode), pixels);
        }

        JsonElement counters = device.Finish();
        Assert.Equal(0, counters.GetProperty("transmit_overruns").GetInt64());
        Assert.Equal(0, counters.GetProperty("rows_late").GetInt64());
        Assert.Equal(0, counters.GetProperty("receive_overruns").GetInt64());
        AssertCycles(baud, mode, counters);
        Assert.InRange(16e6 / counters.GetProperty("frame_interval_cycles").GetDouble(), framesPerSecond, framesPerSecond * 1.02);
        Assert.Equal(0, device.Receiver.Statistics.CrcFailures);
        Assert.Equal(0, device.Receiver.Statistics.MalformedPackets);
    }

    /// <summary>
    /// What the comments of capture_row.S count: every sample as far from the last one as the sensor's bytes, 3 to 5 cycles after PCLK's
    /// rise. In compressed rows all but the first are taken 3 cycles earlier.
    /// </summary>
    private static void AssertCycles(int baud, int mode, JsonElement counters)
    {
        int divider = ModeTable.Divider(baud, mode), byteCycles = (ModeTable.IsQvga(mode) ? 4 : 8) * (divider + 1),
            perSample = ModeTable.IsColour(mode) ? 1 : 2, earlier = mode == ModeTable.Compressed ? 3 : 0;
        Assert.True(counters.GetProperty("samples").GetInt64() > 1000);
        Assert.Equal((byteCycles * perSample) - earlier, counters.GetProperty("sample_least_distance_cycles").GetInt64());
        Assert.Equal(byteCycles * perSample, counters.GetProperty("sample_most_distance_cycles").GetInt64());
        Assert.InRange(counters.GetProperty("sample_least_after_rise_cycles").GetInt64(), 3 - earlier, 5 - earlier);
        Assert.InRange(counters.GetProperty("sample_most_after_rise_cycles").GetInt64(), 3, 5);
        Assert.InRange(counters.GetProperty("sample_least_before_change_cycles").GetInt64(), (byteCycles / 2) - 5, byteCycles / 2);
    }

    /// <summary>
    /// The tightest modes: a byte lasts 16 cycles, and 12 in compressed rows. Whatever the chip's input latch and the wires add, from
    /// nothing to 3 cycles, no pixel changes.
    /// </summary>
    [FirmwareTheory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(ModeTable.Compressed, 0)]
    [InlineData(ModeTable.Compressed, 3)]
    public void Pixels_are_taken_well_within_their_time(int mode, int latchCycles)
    {
        using Scene scene = Scene.Noise(seed: 5);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, [$"@0 latch {latchCycles}"]);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.SetMode(mode));
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.Capture);

        AssertSame(scene.Expected(mode), device.Next<FrameReceived>().Frame.Pixels);
    }

    [FirmwareFact]
    public void Test_bars_are_the_bars_of_a_real_sensor()
    {
        // A row of them, as a recording of a real OV7670 has it, and not as this program imagines it: every second byte is luma, and black
        // travels as 1.
        byte[] recorded =
            [.. File.ReadLines(Repository.Fixture("sensor/bars-row.hex")).Where(line => line[0] != '#').SelectMany(Convert.FromHexString)];
        using Scene scene = Scene.Noise(seed: 3);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.TestBarsOn);
        device.Command(HostCommand.Capture);

        FrameReceived received = device.Next<FrameReceived>();

        Assert.True(received.ShowsTestBars);
        Assert.Equal(FrameTrigger.Request, received.Trigger);
        for (int x = 0; x < 320; x++) Assert.Equal(Math.Max(recorded[2 * x], (byte)1), received.Frame.Pixels.Row(120)[x]);

        device.Command(HostCommand.TestBarsOff);
        device.Command(HostCommand.Capture);
        AssertSame(scene.Expected(320, 240, PixelFormat.Gray8), device.Next<FrameReceived>().Frame.Pixels);
    }

    /// <summary>Commands that are acknowledged while the one before is still being carried out count before the next frame.</summary>
    [FirmwareFact]
    public void Mode_bars_and_capture_in_one_breath_give_a_frame_of_bars_in_that_mode()
    {
        using Scene scene = Scene.Noise(seed: 6);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.SetMode(3));
        device.Command(HostCommand.TestBarsOn);
        device.Command(HostCommand.Capture);

        FrameReceived received = device.Next<FrameReceived>();

        Assert.True(received.ShowsTestBars);
        Assert.Equal((160, 120), (received.Frame.Pixels.Width, received.Frame.Pixels.Height));
        TestBarsReading reading = TestBarsReading.Of(received.Frame.Pixels);
        Assert.Equal((DataLineFault.None, 0, false), (reading.Fault, reading.LargestError, reading.ChromaIsExchanged));
    }

    /// <summary>The control of all the others: a firmware that once does not wait for the line must be noticed.</summary>
    [FirmwareFact]
    public void A_firmware_with_one_missing_wait_is_noticed()
    {
        using Scene scene = Scene.Noise(seed: 4);
        string broken = FirmwareBuild.Sketch(1_000_000, "-broken", "-DNEGATIVE_CONTROL");
        using var device = new SimulatedDevice(broken, scene, ["@8000 quit"]);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.StreamOn);

        JsonElement counters = device.ReadToTheEnd();

        Assert.True(counters.GetProperty("transmit_overruns").GetInt64() > 1000);
        Assert.True(device.Receiver.Statistics.CrcFailures > 100);
        Assert.Equal(0, device.Receiver.Statistics.FramesWhole);
    }

    private static void AssertSame(byte[] expected, PixelBuffer actual)
    {
        int at = expected.AsSpan().CommonPrefixLength(actual.Pixels);
        Assert.True(at == expected.Length && at == actual.Pixels.Length,
            $"{actual}: byte {at} (row {at / actual.StrideBytes}, byte {at % actual.StrideBytes} of it) is "
            + $"{(at < actual.Pixels.Length ? actual.Pixels[at] : -1)}, expected {expected[Math.Min(at, expected.Length - 1)]}.");
    }
}
