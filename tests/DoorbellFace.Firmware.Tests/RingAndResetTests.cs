using System.Globalization;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// A ring and a reset together: opening the port resets an Uno, and that is when a visitor is waiting. Each press is heard once, whatever
/// the device is doing and wherever in the press the reset falls.
/// </summary>
public class RingAndResetTests
{
    private const int Rings = 100, HeldMilliseconds = 150, DebounceMilliseconds = 12, ResetPin = 2;

    /// <summary>A ring that the reset falls into, and one before which the device may have got as far as its frames.</summary>
    private static readonly int[] Distances = [400, 610, 2600];

    [FirmwareTheory]
    [InlineData(0)]
    [InlineData(900)]
    public void A_hundred_rings_and_a_hundred_resets_lose_no_ring_and_repeat_none(int bootLoaderMilliseconds)
    {
        var plan = new List<string>();
        double at = 20;
        for (int i = 0; i < Rings; i++)
        {
            // From before the contact has closed for good to after it was let go; 7.3 does not divide what the program does by
            // milliseconds.
            double reset = at + (i * 7.3 % 230);
            plan.Add(Line(at, $"press {HeldMilliseconds}"));
            plan.Add(Line(reset, $"reset {bootLoaderMilliseconds}"));
            double answer = Math.Max(at + HeldMilliseconds, reset + bootLoaderMilliseconds) + 200;
            // Which number it has depends on where the reset fell: the host of this test acknowledges all that there are.
            for (int low = 0; low < 16; low++) plan.Add(SimulatedDevice.At(answer + (low * 12), HostCommand.BellAck(low)));
            at = answer + Distances[i % Distances.Length];
        }
        using Scene scene = Scene.Noise(seed: 61);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, plan, seconds: (at / 1000) + 1);

        device.ReadToTheEnd();

        // A press shorter than the boot loader's run is a press that no program could see: there is no such press here, but for the ones
        // that end within it.
        int seen = Enumerable.Range(0, Rings).Count(i => i * 7.3 % 230 > DebounceMilliseconds || bootLoaderMilliseconds == 0);
        // The first reset cuts the first start before its HELLO.
        Assert.Equal(Rings, device.Seen.OfType<HelloReceived>().Count());
        Assert.Equal(seen, device.Seen.OfType<BellReceived>().Count(bell => bell.IsNew));
        Assert.Equal(0, device.Receiver.Statistics.PressesMissed);
        Assert.Contains(device.Seen, linkEvent => linkEvent is FrameReceived);
    }

    /// <summary>Whatever a reset has cut, HELLO and the ring behind it are packets of their own.</summary>
    [FirmwareFact]
    public void What_a_reset_cuts_takes_nothing_with_it()
    {
        using Scene scene = Scene.Noise(seed: 62);
        double[] resets = [.. Enumerable.Range(0, 20).Select(i => 3300 + (i * 3600) + (i * 137.3 % 450))];
        string[] plan =
            [SimulatedDevice.At(2000, HostCommand.StreamOn),
                .. resets.SelectMany(at => new[] { Line(at, "reset"), SimulatedDevice.At(at + 2000, HostCommand.StreamOn) })];
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(2_000_000), scene, plan, seconds: 76);

        device.ReadToTheEnd();

        Assert.True(device.Receiver.Statistics.CrcFailures > 5, "Resets that cut nothing test nothing.");
        Assert.Equal(21, device.Seen.OfType<HelloReceived>().Count());
    }

    /// <summary>
    /// A visitor rings while nobody listens; then the host starts, and the opening of its port resets the board, as DTR does.
    /// </summary>
    [FirmwareFact]
    public async Task A_ring_before_the_port_is_opened_is_heard_although_the_opening_resets_the_board()
    {
        using Scene scene = Scene.Noise(seed: 63);
        using var device = new SimulatedDevice(FirmwareBuild.Sketch(500_000), scene,
            ["@0 reset-on-opening 300", "@0 fault cable-cut", "@900 press"], listens: false, realTime: true);
        while (!device.Remarks().Any(remark => remark.StartsWith("bell ", StringComparison.Ordinal))) await Task.Delay(20);

        device.Do("heal");
        await using var link = new LinkUnderTest(LinkUnderTest.Impatient(device.PortPath, 500_000));

        bool isHeard = false, wasReset = false;
        while (!isHeard || !wasReset)
        {
            LinkEvent next = await link.NextAsync<LinkEvent>();
            isHeard |= next is BellReceived { Bell.Press: 1 };
            wasReset |= next is HelloReceived { Hello.ResetCause: ResetPin };
        }
        Assert.Equal(1, link.Link.Statistics.Presses);
    }

    private static string Line(double millisecond, string what) => string.Create(CultureInfo.InvariantCulture, $"@{millisecond} {what}");
}
