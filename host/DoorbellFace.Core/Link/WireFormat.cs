using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Link;

/// <summary>The protocol's code for each pixel format (docs/protocol.md, "format").</summary>
public static class WireFormat
{
    /// <summary>Gray rows as <see cref="CompressedRow"/> packs them; they become Gray8.</summary>
    public const int CompressedGray = 3;

    private const int Gray = 0;

    /// <summary>The protocol's number of a format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The link does not carry this format.</exception>
    public static int ToCode(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => Gray,
        PixelFormat.Yuv422 => 1,
        PixelFormat.Rgb565BigEndian => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The link carries Gray8, YUV422 and RGB565 only."),
    };

    /// <summary>Bytes that a row of so many pixels takes on the wire.</summary>
    public static int RowBytes(int code, PixelFormat format, int width) =>
        code == CompressedGray ? CompressedRow.Bytes(width) : width * format.BytesPerPixel();

    /// <summary>The format of the pixels of a number; false when this version does not know it.</summary>
    public static bool TryFromCode(int code, out PixelFormat format)
    {
        (bool known, format) = code switch
        {
            Gray or CompressedGray => (true, PixelFormat.Gray8),
            1 => (true, PixelFormat.Yuv422),
            2 => (true, PixelFormat.Rgb565BigEndian),
            _ => (false, default),
        };
        return known;
    }
}
