using System.Globalization;
using System.Text;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// docs/results/firmware.md. `firmware/measure` runs this with DOORBELLFACE_WRITE_RESULTS=1: everything is measured and the table between
/// the marks is written. Without it only what costs no simulation is compared, so that a changed sketch cannot keep old figures.
/// </summary>
public class ResultsTests
{
    private const string Begin = "<!-- measured -->\n", End = "<!-- /measured -->";
    private const int FramesToMeasure = 4, PacketBytesPerFrame = 32, Presses = 60;

    // Published figures of LiveOV7670 (github.com/indrekluuk/LiveOV7670, src/LiveOV7670/ExampleUart.cpp): gray with 7 bits and RGB565, no
    // CRC, no row number.
    private static readonly Dictionary<int, double[]> LiveOv7670 = new()
    {
        [500_000] = [0.59, 2.0, 0.30, 1.11], [1_000_000] = [1.11, 3.33, 0.59, 1.67], [2_000_000] = [1.43, 3.33, 0.77, 3.33],
    };

    [FirmwareFact]
    public void The_published_figures_are_those_of_this_sketch()
    {
        string path = Path.Combine(Repository.Root, "docs", "results", "firmware.md");
        string document = File.ReadAllText(path);
        int from = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = document.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to >= from, "The marks are missing.");
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_WRITE_RESULTS") == "1")
            File.WriteAllText(path, document[..from] + Sizes() + "\n" + Speeds() + "\n" + Pictures() + document[to..]);
        else
            Assert.Contains(Sizes(), document, StringComparison.Ordinal);
    }

    private static string Sizes()
    {
        var text = new StringBuilder("| Serial rate | Flash, SRAM, stack |\n|---|---|\n");
        foreach (int baud in ModeTable.Bauds)
        {
            string elf = FirmwareBuild.Sketch(baud);
            string report = FirmwareBuild.Run(Path.Combine(FirmwareBuild.Folder, "report-size"), elf, Path.GetDirectoryName(elf)!).Trim();
            text.Append(CultureInfo.InvariantCulture, $"| {baud:N0} | {report} |\n");
        }
        return text.ToString();
    }

    /// <summary>
    /// Commands at simulated times, so that the figures are the same on every computer; and rings, so that the slack is what is left beside
    /// them.
    /// </summary>
    private static IEnumerable<string> Plan(int mode)
    {
        yield return SimulatedDevice.At(100, HostCommand.SetMode(mode));
        yield return SimulatedDevice.At(150, HostCommand.StreamOn);
        for (int press = 1; press <= Presses; press++)
        {
            int at = press * 667;
            yield return string.Create(CultureInfo.InvariantCulture, $"@{at} press");
            yield return SimulatedDevice.At(at + 45, HostCommand.BellAck(press));
        }
    }

    /// <summary>From the press to the end of the first whole frame, with presses all over the sensor's frame.</summary>
    private static string Pictures()
    {
        const int PicturesToMeasure = 16;
        var text =
            new StringBuilder(
                "| Rate | Mode | Press to first picture: least, mean, most (ms) | A frame of the sensor (ms) |\n|---|---|---|---|\n");
        foreach (int baud in ModeTable.Bauds)
        {
            foreach (int mode in (int[])[0, ModeTable.Compressed])
            {
                double frame = 99.96 * (ModeTable.Divider(baud, mode) + 1), at = 6000,
                    period = (2 * frame) + 400 + (frame / PicturesToMeasure);
                List<string> plan = [SimulatedDevice.At(100, HostCommand.SetMode(mode))];
                for (int press = 1; press <= PicturesToMeasure; press++, at += period)
                {
                    plan.Add(string.Create(CultureInfo.InvariantCulture, $"@{at} press"));
                    plan.Add(SimulatedDevice.At(at + 60, HostCommand.BellAck(press)));
                    plan.Add(SimulatedDevice.At(at + (0.5 * frame), HostCommand.StreamOff));
                }
                using Scene scene = Scene.Noise(baud + mode);
                using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene, plan, seconds: at / 1000);
                JsonElement counters = device.ReadToTheEnd();
                Assert.Equal(PicturesToMeasure, counters.GetProperty("pictures").GetInt32());
                text.Append(CultureInfo.InvariantCulture,
                    $"| {baud:N0} | {ModeTable.Names[mode]} | {counters.GetProperty("picture_least_ms").GetDouble():N0}, "
                    + $"{counters.GetProperty("picture_mean_ms").GetDouble():N0}, {counters.GetProperty("picture_most_ms").GetDouble():N0} "
                    + $"| {frame:N0} |\n");
            }
        }
        return text.ToString();
    }

    private static string Speeds()
    {
        var text = new StringBuilder(
            "| Rate | Mode | Frames/s | Wire's ceiling | Wire in use within a row | LiveOV7670 | Least, mean slack (cycles) of a row's | "
            + "Stack used | Frames exact | Bytes lost |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (int baud in ModeTable.Bauds)
        {
            for (int mode = 0; mode < ModeTable.Names.Length; mode++)
            {
                using Scene scene = Scene.Noise(baud + mode);
                using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene, Plan(mode)) { AcknowledgesPresses = false };
                int exact = 0, bytes = 0, rows = 0;
                for (int i = 0; i < FramesToMeasure; i++)
                {
                    PixelBuffer pixels = device.Next<FrameReceived>().Frame.Pixels;
                    exact += pixels.Pixels.SequenceEqual(scene.Expected(mode)) ? 1 : 0;
                    (bytes, rows) =
                        (((ModeTable.RowBytes(mode) + ModeTable.PacketBytesPerRow) * pixels.Height) + PacketBytesPerFrame, pixels.Height);
                }
                JsonElement counters = device.Finish();
                double cycles = counters.GetProperty("frame_interval_cycles").GetDouble(), rate = 16e6 / cycles,
                    ceiling = baud / 10.0 / bytes;
                double rowCycles = cycles / 510 * 480 / rows, rowOnWire = 160e6 / baud * ((bytes - PacketBytesPerFrame) / rows);
                long lost = counters.GetProperty("transmit_overruns").GetInt64() + counters.GetProperty("bytes_not_delivered").GetInt64()
                    + device.Receiver.Statistics.BytesDiscarded;
                text.Append(CultureInfo.InvariantCulture,
                    $"| {baud:N0} | {ModeTable.Names[mode]} | {rate:F2} | {ceiling:F2} | {rowOnWire / rowCycles:P0} | "
                    + $"{(mode < LiveOv7670[baud].Length ? LiveOv7670[baud][mode].ToString("F2", CultureInfo.InvariantCulture) : "-")} | "
                    + $"{counters.GetProperty("least_slack_cycles").GetInt64():N0}, "
                    + $"{counters.GetProperty("mean_slack_cycles").GetDouble():N0} of {rowCycles:N0} | "
                    + $"{counters.GetProperty("stack_bytes").GetInt32()} | {exact} of {FramesToMeasure} | {lost} |\n");
            }
        }
        return text.ToString();
    }
}
