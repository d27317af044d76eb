using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>The vectors are read by the firmware's tests too: what is packed there is understood here.</summary>
public class CompressedRowTests
{
    [Fact]
    public void Rows_are_packed_and_come_back_as_in_the_vectors()
    {
        Assert.True(LinkVectors.CompressedRows.Count >= 8);
        foreach ((byte[] pixels, byte[] packed, byte[] back) in LinkVectors.CompressedRows)
        {
            byte[] encoded = new byte[CompressedRow.Bytes(pixels.Length)], decoded = new byte[pixels.Length];
            CompressedRow.Encode(pixels, encoded);
            Assert.Equal(Convert.ToHexString(packed), Convert.ToHexString(encoded));
            Assert.True(CompressedRow.TryDecode(packed, decoded));
            Assert.Equal(Convert.ToHexString(back), Convert.ToHexString(decoded));
        }
    }

    /// <summary>A face's row is smooth: what is lost is a gray level here and there.</summary>
    [Fact]
    public void A_smooth_row_loses_little_and_an_edge_is_caught_up_with()
    {
        byte[] smooth = [.. Enumerable.Range(0, 320).Select(x => (byte)(128 + (100 * Math.Sin(x / 20.0))))],
            edge = [.. Enumerable.Range(0, 320).Select(x => (byte)(x < 160 ? 0 : 255))];

        Assert.All(smooth.Zip(ThereAndBack(smooth)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 8));
        Assert.All(edge.Zip(ThereAndBack(edge)).Where((_, x) => x is (> 4 and < 160) or > 164), pair =>
            Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Bytes_that_no_encoder_makes_are_refused()
    {
        byte[] pixels = new byte[4];
        Assert.False(CompressedRow.TryDecode([0x00, 0x11], pixels)); // a half of 8 turned by 8
        Assert.False(CompressedRow.TryDecode([0x80, 0x11], pixels));
        byte largest = 0xE ^ 0x8;
        byte up = (byte)(largest | (largest << 4));
        Assert.False(CompressedRow.TryDecode([up, up], pixels)); // 64 + 62 + 62 is more than seven bits
        Assert.Throws<ArgumentException>(() => CompressedRow.TryDecode([0x88], pixels));
    }

    [Fact]
    public void A_compressed_frame_becomes_a_gray_one_whatever_row_it_begins_with()
    {
        PixelBuffer picture = FrameOnTheWire.Picture(320, 240, seed: 9);
        var link = new ReceiverUnderTest();
        link.Receive([PacketCodec.Encode(new FrameStartPacket(3, 4, 320, 240, WireFormat.CompressedGray, (int)FrameTrigger.Bell, 0))]);
        foreach (int row in Enumerable.Range(100, 140).Concat(Enumerable.Range(0, 100)))
            link.Receive([FrameOnTheWire.Row(3, row, Packed(picture.Row(row)))]);
        link.Receive([FrameOnTheWire.End(3, 240)]);

        Frame frame = link.Single<FrameReceived>().Frame;

        Assert.Equal(PixelFormat.Gray8, frame.Pixels.Format);
        Assert.Empty(frame.ConcealedRows);
        for (int row = 0; row < 240; row++)
            Assert.True(frame.Pixels.Row(row).SequenceEqual(ThereAndBack(picture.Row(row).ToArray())), $"row {row}");
    }

    [Fact]
    public void A_row_that_cannot_be_unpacked_is_missing_and_counted()
    {
        var link = new ReceiverUnderTest();
        link.Receive([PacketCodec.Encode(new FrameStartPacket(3, 4, 320, 240, WireFormat.CompressedGray, (int)FrameTrigger.Bell, 0))]);
        byte[] good = [.. Enumerable.Repeat((byte)0x88, 160)], bad = [.. good[..159], 0x08];
        for (int row = 0; row < 240; row++) link.Receive([FrameOnTheWire.Row(3, row, row == 7 ? bad : good)]);
        link.Receive([FrameOnTheWire.End(3, 240)]);

        Assert.Equal([7], link.Single<FrameReceived>().Frame.ConcealedRows);
        Assert.Equal(1, link.Statistics.MalformedPackets);
    }

    [Theory]
    [InlineData(DeviceCapabilities.Modes | DeviceCapabilities.CompressedRows, 0, 4)]
    [InlineData(DeviceCapabilities.Modes | DeviceCapabilities.CompressedRows, 4, null)]
    [InlineData(DeviceCapabilities.Modes | DeviceCapabilities.CompressedRows, 2, null)]
    [InlineData(DeviceCapabilities.CompressedRows, 0, null)]
    [InlineData(DeviceCapabilities.Modes | DeviceCapabilities.TestBars, 0, null)]
    public void The_faster_mode_is_asked_of_a_device_that_tells_of_it(DeviceCapabilities capabilities, int mode, int? faster) =>
        Assert.Equal(faster, (new HelloPacket() with { Mode = mode, Capabilities = capabilities }).FasterMode);

    private static byte[] Packed(ReadOnlySpan<byte> pixels)
    {
        byte[] packed = new byte[CompressedRow.Bytes(pixels.Length)];
        CompressedRow.Encode(pixels, packed);
        return packed;
    }

    private static byte[] ThereAndBack(byte[] pixels)
    {
        byte[] back = new byte[pixels.Length];
        Assert.True(CompressedRow.TryDecode(Packed(pixels), back));
        return back;
    }
}
