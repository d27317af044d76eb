using System.Globalization;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// The light on D13, which tells somebody in front of the board whether it is alive, sending frames, or missing its camera
/// (firmware/README.md).
/// </summary>
public class LightTests
{
    private const double FlashMilliseconds = 64, FlashEveryMilliseconds = 2048, BlinkMilliseconds = 256;

    /// <summary>What is done meanwhile (settings being written, an exposure read) delays a change by so much.</summary>
    private const double ToleranceMilliseconds = 12;

    [FirmwareFact]
    public void A_short_flash_every_two_seconds_while_all_is_well()
    {
        (bool On, double At)[] changes = Changes(Run([], seconds: 9));

        Assert.InRange(changes.Count(change => change.On), 4, 5);
        foreach (((bool isOn, double from), (_, double until)) in changes.Zip(changes.Skip(1)))
            AssertNear(isOn ? FlashMilliseconds : FlashEveryMilliseconds - FlashMilliseconds, until - from);
    }

    [FirmwareFact]
    public void On_from_the_first_frame_to_the_last_while_frames_are_sent()
    {
        IReadOnlyList<string> remarks =
            Run([SimulatedDevice.At(3000, HostCommand.StreamOn), SimulatedDevice.At(6200, HostCommand.StreamOff)], seconds: 9);
        string[] frames = [.. remarks.Where(remark => remark.StartsWith("frame ", StringComparison.Ordinal))];
        (bool On, double At)[] changes = Changes(remarks);

        Assert.True(frames.Length >= 5);
        int first = remarks.ToList().IndexOf(frames[0]), last = remarks.ToList().IndexOf(frames[^1]);
        Assert.Empty(Changes([.. remarks.Take(last).Skip(first)]));
        (bool On, double At) lit = Changes([.. remarks.Take(first)])[^1];
        (bool On, double At) dark = changes.First(change => change.At > lit.At);
        Assert.True(lit.On && !dark.On);
        Assert.InRange(lit.At, 2900, 3050);
        Assert.InRange(dark.At, 6200, 6200 + 500 + FlashMilliseconds); // the frame being sent is finished: half a second
    }

    [FirmwareFact]
    public void Fast_blinking_while_the_camera_is_missing_and_no_longer_when_it_is_back()
    {
        (bool On, double At)[] changes = Changes(Run(["@0 fault unplugged", "@5000 heal"], seconds: 14));

        (bool On, double At)[] missing = [.. changes.Where(change => change.At is > 500 and < 5000)],
            back = [.. changes.Where(change => change.At > 10000)];
        Assert.True(missing.Length > 12);
        foreach ((double from, double until) in missing.Select(change => change.At).Zip(missing.Skip(1).Select(change => change.At)))
            AssertNear(BlinkMilliseconds, until - from);
        foreach (((bool isOn, double from), (_, double until)) in back.Zip(back.Skip(1)))
            AssertNear(isOn ? FlashMilliseconds : FlashEveryMilliseconds - FlashMilliseconds, until - from);
    }

    private static IReadOnlyList<string> Run(string[] plan, double seconds)
    {
        using Scene scene = Scene.Noise(seed: 51);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, plan, seconds: seconds);
        device.ReadToTheEnd();
        return device.Remarks();
    }

    private static (bool On, double At)[] Changes(IReadOnlyList<string> remarks) =>
        [.. remarks.Select(remark => remark.Split(' ')).Where(words => words[0] == "light")
            .Select(words => (words[1] == "on", double.Parse(words[2], CultureInfo.InvariantCulture)))];

    private static void AssertNear(double expected, double actual) =>
        Assert.InRange(actual, expected - ToleranceMilliseconds, expected + ToleranceMilliseconds);
}
