using System.Buffers.Binary;

namespace DoorbellFace.Vision.Pictures;

/// <summary>What a PNG file says of its picture before the picture begins.</summary>
internal static class PngHeader
{
    /// <summary>Deflate makes nothing smaller than a thousandth (258 bytes in two bits).</summary>
    private const long MostCompression = 1032;

    private const int WidthAt = 16, HeightAt = 20, DepthAt = 24, ColourAt = 25;

    /// <summary>Whether all the rows that the header promises can be in a file so short; else it was cut off, or is a trap.</summary>
    public static bool CanBeWhole(ReadOnlySpan<byte> content)
    {
        if (content.Length <= ColourAt) return false;
        // By colour type: gray, nothing, RGB, palette, gray with alpha, nothing, RGB with alpha.
        ReadOnlySpan<byte> channels = [1, 1, 3, 1, 2, 1, 4];
        long bitsPerPixel = content[DepthAt] * channels[content[ColourAt] % channels.Length];
        long rowBytes = ((BinaryPrimitives.ReadUInt32BigEndian(content[WidthAt..]) * bitsPerPixel) + 7) / 8;
        return rowBytes * BinaryPrimitives.ReadUInt32BigEndian(content[HeightAt..]) / MostCompression <= content.Length;
    }
}
