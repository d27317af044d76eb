using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>Pictures and the packets that carry them, made with fixed seeds.</summary>
internal static class FrameOnTheWire
{
    public static PixelBuffer Picture(int width, int height, int seed, PixelFormat format = PixelFormat.Gray8)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        new Random(seed).NextBytes(pixels);
        return new PixelBuffer(width, height, format, pixels);
    }

    /// <summary>The picture as it arrives: 0 has become 1.</summary>
    public static byte[] AsSent(PixelBuffer picture) => [.. picture.Pixels.ToArray().Select(pixel => Math.Max(pixel, (byte)1))];

    public static byte[] Start(int sequence, PixelBuffer picture, FrameTrigger trigger = FrameTrigger.Bell, int flags = 0) =>
        PacketCodec.Encode(new FrameStartPacket(
            sequence, 0, picture.Width, picture.Height, WireFormat.ToCode(picture.Format), (int)trigger, flags));

    public static byte[] Row(int sequence, int rowIndex, ReadOnlySpan<byte> pixels)
    {
        var target = new byte[PacketDecoder.MaxPacketBytes];
        return target[..RowPacket.Encode(sequence, rowIndex, pixels, target)];
    }

    public static byte[] End(int sequence, int rowsSent) => PacketCodec.Encode(new FrameEndPacket(sequence, rowsSent, 0, 0, 100, 16));

    /// <summary>FRAME_START, the rows, FRAME_END: one array each.</summary>
    public static List<byte[]> Packets(int sequence, PixelBuffer picture, FrameTrigger trigger = FrameTrigger.Bell)
    {
        List<byte[]> packets = [Start(sequence, picture, trigger)];
        for (int row = 0; row < picture.Height; row++) packets.Add(Row(sequence, row, picture.Row(row)));
        packets.Add(End(sequence, picture.Height));
        return packets;
    }
}
