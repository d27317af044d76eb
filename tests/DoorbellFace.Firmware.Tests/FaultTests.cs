using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// What can be wrong with the hardware, each fault named by the device itself, and each one gone again when it is mended.
/// </summary>
public class FaultTests
{
    private const SensorChecks All = UpToHref | SensorChecks.Pclk | SensorChecks.TestBars;
    private const SensorChecks UpToPid = SensorChecks.Answers | SensorChecks.ProductNumber,
        UpToHref = UpToPid | SensorChecks.Vsync | SensorChecks.Href;

    /// <summary>Fault, what names it, the checks run and the checks passed.</summary>
    public static TheoryData<string, LogCode, SensorChecks, SensorChecks> Faults => new()
    {
        { "unplugged", LogCode.NoAnswer, SensorChecks.Answers, SensorChecks.None },
        { "no-clock", LogCode.NoAnswer, SensorChecks.Answers, SensorChecks.None },
        { "wrong-pid", LogCode.WrongPid, UpToPid, SensorChecks.Answers },
        { "silent", LogCode.NoVsync, UpToPid | SensorChecks.Vsync, UpToPid },
        { "no-vsync", LogCode.NoVsync, UpToPid | SensorChecks.Vsync, UpToPid },
        { "no-href", LogCode.NoHref, UpToHref, UpToPid | SensorChecks.Vsync },
        { "no-pclk", LogCode.NoPclk, UpToHref | SensorChecks.Pclk, UpToHref },
    };

    [FirmwareTheory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_and_a_mended_one_is_forgotten(string fault, LogCode code, SensorChecks run, SensorChecks passed)
    {
        using Scene scene = Scene.Noise(seed: 21);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, [$"@0 fault {fault}"]);

        LogPacket log = device.NextLog(code);
        StatusPacket status = device.Next<StatusReceived>().Status;

        Assert.Equal(LogSeverity.Error, log.Severity);
        Assert.Equal((run, passed), (status.ChecksRun, status.ChecksPassed));

        device.Do("heal");
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.Capture);
        Assert.Equal(scene.Expected(320, 240, PixelFormat.Gray8), device.Next<FrameReceived>().Frame.Pixels.Pixels.ToArray());
    }

    /// <summary>A reset in the middle of a read leaves the sensor holding its bus: nobody need pull the cable for that.</summary>
    [FirmwareFact]
    public void A_bus_that_the_sensor_holds_is_freed_by_the_device_itself()
    {
        using Scene scene = Scene.Noise(seed: 27);
        using var device =
            new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, ["@0 fault sda-stuck", "@3000 fault sda-stuck", "@3001 reset"],
                seconds: 6);

        device.ReadToTheEnd();

        Assert.Equal(2, device.Seen.OfType<LogReceived>().Count(log => log.Log.Code == LogCode.Ready));
        Assert.DoesNotContain(device.Seen.OfType<LogReceived>(), log => log.Log.Code == LogCode.NoAnswer);
    }

    [FirmwareTheory]
    [InlineData("stuck-low 6", LogCode.LineLow, 0x40)]
    [InlineData("stuck-high 4", LogCode.LineHigh, 0x10)]
    public void A_broken_data_line_is_named(string fault, LogCode code, int bits)
    {
        using Scene scene = Scene.Noise(seed: 22);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, [$"@0 fault {fault}"]);

        LogPacket log = device.NextLog(code);
        StatusPacket status = device.Next<StatusReceived>().Status;

        Assert.EndsWith($" {bits}", log.Text, StringComparison.Ordinal);
        Assert.Equal((All, All & ~SensorChecks.TestBars), (status.ChecksRun, status.ChecksPassed));
    }

    [FirmwareFact]
    public void A_camera_unplugged_within_a_row_spoils_that_row_and_no_wrong_pixel_is_believed()
    {
        // Rows take 3.5 ms, 1.4 ms of it pixels: one of these times lies within a row's pixels, wherever in the frame they fall.
        IEnumerable<string> looseWire = Enumerable.Range(0, 8)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"@{5800 + (i * 0.9)} {(i % 2 == 0 ? "fault unplugged" : "heal")}"));
        using Scene scene = Scene.Noise(seed: 23);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene,
            [SimulatedDevice.At(100, HostCommand.StreamOn), .. looseWire, "@5807.2 fault unplugged", "@7000 heal"], seconds: 18);

        device.ReadToTheEnd();

        LogPacket log = device.Seen.OfType<LogReceived>().Single(received => received.Log.Code == LogCode.CameraSilent).Log;
        Assert.Equal(LogSeverity.Error, log.Severity);
        Assert.True(device.Receiver.Statistics.CrcFailures > 0, "A row that was cut off must not have a right CRC.");
        FrameRefused refused = device.Seen.OfType<FrameRefused>().Single();
        Assert.Contains("rows are missing", refused.Reason, StringComparison.Ordinal);
        int refusedAt = device.Seen.IndexOf(refused);
        byte[] expected = scene.Expected(320, 240, PixelFormat.Gray8);
        Assert.Contains(device.Seen.Take(refusedAt), before => before is FrameReceived);
        Assert.Contains(device.Seen.Skip(refusedAt), after => after is FrameReceived);
        Assert.All(device.Seen.OfType<FrameReceived>(), frame => Assert.Equal(expected, frame.Frame.Pixels.Pixels.ToArray()));
    }

    [FirmwareFact]
    public void Noise_on_the_cable_costs_rows_but_never_shows_a_wrong_pixel()
    {
        using Scene scene = Scene.Noise(seed: 24);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.StreamOn);
        device.Do("fault cable-noise 20");
        byte[] expected = scene.Expected(320, 240, PixelFormat.Gray8);
        int concealed = 0;

        for (int i = 0; i < 6; i++)
        {
            Frame frame = device.Next<FrameReceived>().Frame;
            concealed += frame.ConcealedRows.Count;
            foreach (int row in Enumerable.Range(0, 240).Except(frame.ConcealedRows))
                Assert.True(frame.Pixels.Row(row).SequenceEqual(expected.AsSpan(row * 320, 320)), $"row {row}");
        }

        JsonElement counters = device.Finish();
        Assert.True(counters.GetProperty("bytes_damaged").GetInt64() > 0);
        Assert.True(concealed > 0, "Noise that damages nothing tests nothing.");
        Assert.Equal(0, counters.GetProperty("transmit_overruns").GetInt64());
    }

    [FirmwareFact]
    public void A_low_supply_and_a_wrong_command_are_reported()
    {
        using Scene scene = Scene.Noise(seed: 25);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, ["@0 supply 4000"]);

        StatusPacket first = device.Next<StatusReceived>().Status;
        LogPacket log = device.NextLog(LogCode.SupplyLow);
        device.Send((byte)'h'); // the parity bit is missing
        device.Command(HostCommand.Status);
        StatusPacket second = device.Next<StatusReceived>().Status;

        Assert.InRange(first.SupplyMillivolts, 3950, 4050);
        Assert.Equal(LogSeverity.Warning, log.Severity);
        Assert.Equal((0, 1), (first.CommandsIgnored, second.CommandsIgnored));
    }

    /// <summary>No exposure is shorter than a row: in the sun the picture is white, and the device tells that it can do no more.</summary>
    [FirmwareFact]
    public void In_too_bright_a_light_the_exposure_is_one_row_and_the_picture_white()
    {
        using Scene scene = Scene.Plain(120);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, ["@0 light 300"]);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.Capture);

        FrameReceived frame = device.Next<FrameReceived>();

        Assert.Equal(1, frame.End!.Value.ExposureRows);
        Assert.All(frame.Frame.Pixels.Pixels.ToArray(), pixel => Assert.Equal(255, pixel));
    }

    [FirmwareFact]
    public void In_the_dark_the_lamp_brings_the_exposure_back()
    {
        const double RowMilliseconds = 0.196 * 9, WithLampMilliseconds = 15; // divider 8; the simulator's lamp
        using Scene scene = Scene.Noise(seed: 26);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, ["@0 light 3000000"]);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.StreamOn);
        for (int frame = 0; frame < 5; frame++) device.Next<FrameReceived>();

        FrameEndPacket end = device.Next<FrameReceived>().End!.Value;

        Assert.InRange(end.ExposureRows * RowMilliseconds, WithLampMilliseconds / 2, WithLampMilliseconds);
    }
}
