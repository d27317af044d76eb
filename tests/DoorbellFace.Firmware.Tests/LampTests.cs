using System.Globalization;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>The lamp on D12: the sensor's own exposure is the photocell, asked when somebody comes and at no other time.</summary>
public class LampTests
{
    private const double AfterMilliseconds = 10_000;

    [FirmwareFact]
    public void In_the_dark_a_press_switches_it_on_until_some_time_after_the_last_frame()
    {
        IReadOnlyList<string> remarks = Run(lightMicroseconds: 3_000_000, out FrameReceived last);
        (bool On, double At)[] lamp = Lamp(remarks);

        Assert.Equal([true, false], lamp.Select(change => change.On));
        Assert.InRange(lamp[0].At, 4600, 4640);
        Assert.InRange(lamp[1].At, lamp[0].At + (8 * 490) + AfterMilliseconds, lamp[0].At + (9 * 510) + AfterMilliseconds);
        Assert.InRange(last.End!.Value.ExposureRows, 1, 20); // its own light must not switch it off, nor leave the night's exposure
    }

    /// <summary>Where there is no lamp the gain has to help, and brings noise with it; by day there is none.</summary>
    [FirmwareTheory]
    [InlineData(20_000, 0, 0)]
    [InlineData(400_000, 0.8, 3)]
    [InlineData(1_200_000, 4, 9)]
    public void Without_a_lamp_the_night_is_noisy(int lightMicroseconds, double leastSpread, double mostSpread)
    {
        const int Level = 120;
        using Scene scene = Scene.Plain(Level);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000, "-no-lamp", "-DLAMP=0"), scene,
            [string.Create(CultureInfo.InvariantCulture, $"@0 light {lightMicroseconds}"), SimulatedDevice.At(9000, HostCommand.Capture)],
            seconds: 11);

        device.ReadToTheEnd();

        byte[] pixels = device.Seen.OfType<FrameReceived>().Single().Frame.Pixels.Pixels.ToArray();
        double mean = pixels.Average(pixel => (double)pixel);
        Assert.InRange(mean, Level * 0.9, Level * 1.1);
        Assert.InRange(Math.Sqrt(pixels.Average(pixel => (pixel - mean) * (pixel - mean))), leastSpread, mostSpread);
    }

    [FirmwareFact]
    public void By_day_it_stays_off() => Assert.Empty(Lamp(Run(lightMicroseconds: 20_000, out _)));

    private static IReadOnlyList<string> Run(int lightMicroseconds, out FrameReceived last)
    {
        using Scene scene = Scene.Noise(seed: 91);
        string[] plan =
        [
            string.Create(CultureInfo.InvariantCulture, $"@0 light {lightMicroseconds}"), SimulatedDevice.At(100, HostCommand.SetMode(4)),
                "@4600 press",
            SimulatedDevice.At(4660, HostCommand.BellAck(1)),
        ];
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(1_000_000), scene, plan, seconds: 21);
        device.ReadToTheEnd();
        last = device.Seen.OfType<FrameReceived>().Last();
        return device.Remarks();
    }

    private static (bool On, double At)[] Lamp(IReadOnlyList<string> remarks) =>
        [.. remarks.Select(remark => remark.Split(' ')).Where(words => words[0] == "lamp")
            .Select(words => (words[1] == "on", double.Parse(words[2], CultureInfo.InvariantCulture)))];
}
