using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.Firmware;

namespace DoorbellFace.Firmware.Tests;

/// <summary>What `./doorbell simulate --firmware` is made of. It keeps the clock's pace, unlike the other tests' devices.</summary>
public class FirmwareDoorbellTests
{
    [FirmwareFact]
    public async Task A_picture_shown_and_a_press_arrive_at_the_host()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        byte[] pixels = new byte[320 * 240];
        new Random(31).NextBytes(pixels);
        await using FirmwareDoorbell doorbell = await FirmwareDoorbell.StartAsync(FirmwareBuild.Folder, 2_000_000, limit.Token);
        doorbell.Show(new PixelBuffer(320, 240, PixelFormat.Gray8, pixels));
        doorbell.Press();

        await using var line = new FileStream(doorbell.PortPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var receiver = new LinkReceiver();
        var events = new List<LinkEvent>();
        byte[] buffer = new byte[4096];
        while (!events.OfType<FrameReceived>().Any())
        {
            limit.Token.ThrowIfCancellationRequested();
            receiver.Receive(buffer.AsSpan(0, line.Read(buffer)), DateTimeOffset.UnixEpoch, events);
        }

        FrameReceived frame = events.OfType<FrameReceived>().First();
        Assert.Equal(FrameTrigger.Bell, frame.Trigger);
        Assert.Equal(pixels.Select(value => Math.Max(value, (byte)1)), frame.Frame.Pixels.Pixels.ToArray());
        Assert.Equal(1, events.OfType<BellReceived>().First().Bell.Press);
    }

    [FirmwareFact]
    public async Task A_rate_that_the_firmware_does_not_know_is_explained()
    {
        FirmwareUnavailableException error = await Assert.ThrowsAsync<FirmwareUnavailableException>(
            () => FirmwareDoorbell.StartAsync(FirmwareBuild.Folder, 115_200, CancellationToken.None));

        Assert.Contains("500000, 1000000 or 2000000", error.Message, StringComparison.Ordinal);
    }
}
