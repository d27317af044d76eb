using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>What config.h offers does what it says, and what is impossible does not build.</summary>
public class SettingsTests
{
    [FirmwareTheory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void The_picture_can_be_mirrored_and_turned_upside_down(int mirror, int flip)
    {
        using Scene scene = Scene.Noise(seed: 41);
        using var device =
            new SimulatedDevice(FirmwareBuild.Sketch(2_000_000, $"-turned{mirror}{flip}", $"-DSENSOR_MIRROR={mirror} -DSENSOR_FLIP={flip}"),
                scene);
        device.NextLog(LogCode.Ready);
        device.Command(HostCommand.Capture);

        PixelBuffer picture = device.Next<FrameReceived>().Frame.Pixels;

        PixelBuffer upright = new(320, 240, PixelFormat.Gray8, scene.Expected(320, 240, PixelFormat.Gray8));
        for (int y = 0; y < 240; y++)
        {
            byte[] expected = upright.Row(flip == 1 ? 239 - y : y).ToArray();
            if (mirror == 1) Array.Reverse(expected);
            Assert.True(picture.Row(y).SequenceEqual(expected), $"row {y}");
        }
    }

    /// <summary>
    /// After power-up the sensor needs several frames to find its exposure. A ring in the first milliseconds must not be answered with
    /// them.
    /// </summary>
    [FirmwareFact]
    public void The_exposure_is_settled_before_the_first_frame()
    {
        using Scene scene = Scene.Noise(seed: 42);
        // The checks before it run with another divider: what exposure they end with is three times too long here.
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, ["@0 light 60000", "@15 press"]);
        LogPacket ready = device.NextLog(LogCode.Ready);
        FrameReceived first = device.Next<FrameReceived>(), last = first;
        for (int i = 0; i < 4; i++) last = device.Next<FrameReceived>();

        Assert.Matches(@" [2-8]$", ready.Text);
        Assert.Equal(last.End!.Value.ExposureRows, first.End!.Value.ExposureRows);
        Assert.Equal(scene.Expected(320, 240, PixelFormat.Gray8), first.Frame.Pixels.Pixels.ToArray());
    }

    [FirmwareFact]
    public void A_motion_sensor_that_is_not_there_starts_nothing()
    {
        using Scene scene = Scene.Noise(seed: 43);
        using var device =
            new SimulatedDevice(FirmwareBuild.Sketch(2_000_000, "-still", "-DMOTION_SENSOR=0"), scene, ["@2500 motion 4000"], seconds: 6);

        device.ReadToTheEnd();

        Assert.False(device.Seen.OfType<HelloReceived>().Single().Hello.Capabilities.HasFlag(DeviceCapabilities.MotionSensor));
        Assert.Empty(device.Seen.OfType<FrameReceived>());
        Assert.All(device.Seen.OfType<StatusReceived>(), status => Assert.Equal(0, status.Status.MotionTriggers));
    }

    /// <summary>Every setting may be given to the compiler, as config.h says.</summary>
    [FirmwareFact]
    public void Every_setting_can_be_given_to_the_compiler()
    {
        string[] settings = [.. File.ReadLines(Path.Combine(FirmwareBuild.Folder, "doorbell_cam", "config.h"))
            .Where(line => line.StartsWith("#define ", StringComparison.Ordinal)).Select(line => line.Split(' '))
                .Where(words => words.Length == 3)
            .Select(words => $"-D{words[1]}={(words[1] == "MAINS_HZ" ? "60" : words[2])}")];

        Assert.True(settings.Length >= 15);
        FirmwareBuild.Sketch(1_000_000, "-set",
            string.Join(' ', settings.Where(setting => !setting.StartsWith("-DLINK_BAUD", StringComparison.Ordinal))));
    }

    [FirmwareTheory]
    [InlineData("-DBELL_CLOSED_MS=15", "BELL_CLOSED_MS must be 2 to 14")]
    [InlineData("-DNIGHT_MAX_EXPOSURE_MS=900", "NIGHT_MAX_EXPOSURE_MS must be 20 to 500")]
    [InlineData("-DNIGHT_MAX_GAIN=3", "NIGHT_MAX_GAIN must be 2, 4, 8, 16, 32, 64 or 128")]
    [InlineData("-DSTART_MODE=5", "START_MODE must be 0 to 4")]
    public void An_impossible_setting_stops_the_build_with_a_sentence(string define, string sentence)
    {
        var failure = Assert.ThrowsAny<Exception>(() => FirmwareBuild.Sketch(1_000_000, "-impossible", define));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
    }
}
