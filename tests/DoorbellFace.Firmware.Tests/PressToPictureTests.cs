using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// From the finger on the button to a whole picture at the host: a frame begins with whatever row the sensor comes to next.
/// </summary>
public class PressToPictureTests
{
    private const int Presses = 12;

    /// <summary>
    /// Rate, mode, and the longest that it may take: a frame of the sensor, the debouncing, and what comes before the first row and after
    /// the last.
    /// </summary>
    public static TheoryData<int, int, double> Modes => new()
    {
        { 2_000_000, 4, 325 }, { 1_000_000, 4, 525 }, { 500_000, 4, 1030 }, { 1_000_000, 0, 930 }, { 2_000_000, 1, 225 },
            { 2_000_000, 3, 325 },
    };

    [FirmwareTheory]
    [MemberData(nameof(Modes))]
    public void The_first_picture_is_whole_after_one_frame_of_the_sensor_always(int baud, int mode, double mostMilliseconds)
    {
        double at = 5200, period = (3 * mostMilliseconds) + 137.3;
        List<string> plan = [SimulatedDevice.At(100, HostCommand.SetMode(mode))];
        for (int press = 1; press <= Presses; press++, at += period)
        {
            plan.Add(string.Create(CultureInfo.InvariantCulture, $"@{at} press"));
            plan.Add(SimulatedDevice.At(at + 45, HostCommand.BellAck(press)));
            // The run ends after its second or third frame, and the next press finds the device idle.
            plan.Add(SimulatedDevice.At(at + (1.7 * mostMilliseconds), HostCommand.StreamOff));
        }
        using Scene scene = Scene.Noise(seed: baud + mode);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(baud), scene, plan, seconds: at / 1000);

        JsonElement counters = device.ReadToTheEnd();

        Assert.Equal(Presses, counters.GetProperty("pictures").GetInt32());
        Assert.InRange(counters.GetProperty("picture_most_ms").GetDouble(), 50, mostMilliseconds);
        Assert.Equal((0L, 0L), (device.Receiver.Statistics.CrcFailures, device.Receiver.Statistics.RowsMissing));
        byte[] expected = scene.Expected(mode);
        FrameReceived[] frames = [.. device.Seen.OfType<FrameReceived>()];
        Assert.True(frames.Length >= 2 * Presses);
        Assert.All(frames, frame => Assert.True(frame.Frame.Pixels.Pixels.SequenceEqual(expected), $"frame {frame.Frame.Sequence}"));
        Assert.All(frames, frame => Assert.Equal(0, frame.End!.Value.TransmitOverruns));
    }

    /// <summary>
    /// Where the sensor is in its frame is known from the time. When its clock has stood still meanwhile, that is wrong, and must be
    /// noticed: rows in the wrong places are a picture that no check of the link would refuse.
    /// </summary>
    [FirmwareTheory]
    [InlineData(90)]
    [InlineData(210)]
    [InlineData(440)]
    public void A_sensor_that_has_lost_its_place_is_noticed_and_the_picture_comes_again(int stopsForMilliseconds)
    {
        using Scene scene = Scene.Noise(seed: 71);
        string[] plan =
        [
            SimulatedDevice.At(100, HostCommand.SetMode(4)), "@5000 fault no-clock",
                string.Create(CultureInfo.InvariantCulture, $"@{5000 + stopsForMilliseconds} heal"),
            "@6013 press", SimulatedDevice.At(6060, HostCommand.BellAck(1)),
        ];
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, plan, seconds: 11);

        device.ReadToTheEnd();

        byte[] expected = scene.ExpectedCompressed();
        FrameReceived[] frames = [.. device.Seen.OfType<FrameReceived>()];
        Assert.Equal(8, frames.Length);
        Assert.All(frames, frame => Assert.True(frame.Frame.Pixels.Pixels.SequenceEqual(expected), $"frame {frame.Frame.Sequence}"));
    }
}
