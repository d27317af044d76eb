using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Adapters.Tests.Serial;

/// <summary>
/// The host asks for the fastest mode that the device tells of, after each of its starts; an older device is left as it is.
/// </summary>
public class FasterModeTests
{
    [Fact]
    public async Task A_new_device_sends_compressed_rows_also_after_it_has_started_again()
    {
        await using DoorbellOnPort door = DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced, () => TestPictures.Random(320, 240, 5));
        await using LinkUnderTest link = Asking(door);
        await link.NextAsync<LinkUp>();
        byte[] expected = ThereAndBack();

        await AssertCompressedAsync();
        door.Device.Reset();
        await link.NextAsync<HelloReceived>();
        await AssertCompressedAsync();

        async Task AssertCompressedAsync()
        {
            while ((await link.NextAsync<CommandAcknowledged>()).Ack != new AckPacket('4', AckResult.Done))
            {
                // The answer to another command.
            }
            door.Device.Press();
            Assert.Equal(expected, (await link.NextAsync<FrameReceived>()).Frame.Pixels.Pixels.ToArray());
        }
    }

    [Fact]
    public async Task An_older_device_is_not_asked_and_sends_all_eight_bits()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { ProtocolMinor = 0 }, () => TestPictures.Random(320, 240, 5));
        await using LinkUnderTest link = Asking(door);
        await link.NextAsync<LinkUp>();
        door.Device.Press();

        FrameReceived frame = await link.NextAsync<FrameReceived>();

        Assert.Equal(TestPictures.AsSent(TestPictures.Random(320, 240, 5)), frame.Frame.Pixels.Pixels.ToArray());
        Assert.DoesNotContain(link.TakeAll<CommandAcknowledged>(), ack => ack.Ack.Command == '4');
    }

    [Fact]
    public async Task A_device_in_another_mode_stays_in_it()
    {
        await using DoorbellOnPort door =
            DoorbellOnPort.Started(VirtualDoorbellOptions.Unpaced with { Mode = SensorMode.All[1] }, () =>
                TestPictures.Random(160, 120, 5));
        await using LinkUnderTest link = Asking(door);
        await link.NextAsync<LinkUp>();
        door.Device.Press();

        Assert.Equal(160, (await link.NextAsync<FrameReceived>()).Frame.Pixels.Width);
    }

    private static LinkUnderTest Asking(DoorbellOnPort door) =>
        new(LinkUnderTest.Impatient(door.Terminal.PortPath) with { AsksForFasterMode = true });

    private static byte[] ThereAndBack()
    {
        byte[] back = new byte[320 * 240], packed = new byte[160];
        for (int row = 0; row < 240; row++)
        {
            CompressedRow.Encode(TestPictures.Random(320, 240, 5).Row(row), packed);
            Assert.True(CompressedRow.TryDecode(packed, back.AsSpan(row * 320, 320)));
        }
        return back;
    }
}
