using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>Sensors differ in where a row's first byte stands. The device finds out by itself, with the test bars, and remembers.</summary>
public class QuirkTests
{
    private const int EepromAlignment = 40;

    /// <summary>The edge offset that this sensor needs in QVGA and in QQVGA.</summary>
    public static TheoryData<int, int> EdgeOffsets => new() { { 1, 0 }, { 0, 1 }, { 2, 2 }, { 0, 2 }, { 3, 1 }, { 3, 3 } };

    [FirmwareTheory]
    [MemberData(nameof(EdgeOffsets))]
    public void A_sensor_whose_rows_begin_elsewhere_is_found_in_both_sizes_and_remembered(int half, int quarter)
    {
        string eeprom = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(eeprom, []);
            using Scene scene = Scene.Noise(seed: 81);
            long firstWrites = Start(), laterWrites = Start();

            byte[] cells = File.ReadAllBytes(eeprom);
            Assert.Equal((half, quarter), (cells[EepromAlignment + 1], cells[EepromAlignment + 2]));
            Assert.Equal(2 * (half + quarter), firstWrites - laterWrites); // two registers for each alignment that was tried in vain

            long Start()
            {
                using var device =
                    new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, [$"@0 edge-offset 1 {half}", $"@0 edge-offset 2 {quarter}"],
                        eeprom);
                AssertExact(device, mode: 0);
                device.Command(HostCommand.SetMode(3));
                AssertExact(device, mode: 3);
                Assert.Equal(half != 0,
                    device.Seen.OfType<LogReceived>().Any(log =>
                    log.Log.Code == LogCode.Aligned && log.Log.Text.EndsWith($" {half}", StringComparison.Ordinal)));
                Assert.DoesNotContain(device.Seen.OfType<LogReceived>(), log => log.Log.Severity > LogSeverity.Information);
                return device.Finish().GetProperty("sccb_writes").GetInt64();
            }

            void AssertExact(SimulatedDevice device, int mode)
            {
                device.NextLog(LogCode.Ready);
                device.Command(HostCommand.Capture);
                Assert.True(device.Next<FrameReceived>().Frame.Pixels.Pixels.SequenceEqual(scene.Expected(mode)), $"mode {mode}");
            }
        }
        finally
        {
            File.Delete(eeprom);
        }
    }

    /// <summary>Another camera on the same board: what was remembered is wrong, and is looked for again.</summary>
    [FirmwareFact]
    public void Another_sensor_is_found_again()
    {
        string eeprom = Path.GetTempFileName();
        try
        {
            byte[] remembered = new byte[1024];
            Array.Fill(remembered, (byte)0xFF);
            remembered[EepromAlignment + 1] = 3;
            File.WriteAllBytes(eeprom, remembered);
            using Scene scene = Scene.Noise(seed: 82);
            using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, eeprom: eeprom);
            device.NextLog(LogCode.Ready);
            device.Command(HostCommand.Capture);

            Assert.Equal(scene.Expected(320, 240, PixelFormat.Gray8), device.Next<FrameReceived>().Frame.Pixels.Pixels.ToArray());
            device.Finish();
            Assert.Equal(0, File.ReadAllBytes(eeprom)[EepromAlignment + 1]);
        }
        finally
        {
            File.Delete(eeprom);
        }
    }

    /// <summary>
    /// What the simulated camera makes nothing of is known: these registers only silicon can prove. Any other value, or register, shows
    /// here.
    /// </summary>
    [FirmwareFact]
    public void Nothing_is_written_to_the_camera_that_the_simulation_ignores_in_silence()
    {
        using Scene scene = Scene.Noise(seed: 83);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene);
        device.NextLog(LogCode.Ready);
        foreach (int mode in (int[])[4, 1, 2, 3]) // each has another divider than the one before, and settles
        {
            device.Command(HostCommand.SetMode(mode));
            device.NextLog(LogCode.Ready);
        }
        device.Finish();

        string[] exposure = ["24 90", "25 60", "0D 10"], blackLevel = ["B1 0C", "B3 82", "B8 0A"], hotPixels = ["76 E1"];
        string[] gamma =
            ["7A 23", "7B 20", "7C 2D", "7D 40", "7E 5A", "7F 65", "80 6F", "81 77", "82 80", "83 87", "84 8F", "85 9C", "86 A9", "87 BF",
                "88 D4", "89 E6"];
        const string NotModelled = "not modelled ";
        Assert.Equal(
            exposure.Concat(blackLevel).Concat(hotPixels).Concat(gamma).Order(StringComparer.Ordinal),
            device.Remarks().Where(remark => remark.StartsWith(NotModelled, StringComparison.Ordinal))
                .Select(remark => remark[NotModelled.Length..]).Order(StringComparer.Ordinal));
    }
}
