using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Link;

/// <summary>The protocol's code for each pixel format (docs/protocol.md, "format").</summary>
public static class WireFormat
{
    /// <summary>The protocol's number of a format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The link does not carry this format.</exception>
    public static int ToCode(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 0,
        PixelFormat.Yuv422 => 1,
        PixelFormat.Rgb565BigEndian => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The link carries Gray8, YUV422 and RGB565 only."),
    };

    /// <summary>The format of a number; false when this version does not know it.</summary>
    public static bool TryFromCode(int code, out PixelFormat format)
    {
        (bool known, format) = code switch
        {
            0 => (true, PixelFormat.Gray8),
            1 => (true, PixelFormat.Yuv422),
            2 => (true, PixelFormat.Rgb565BigEndian),
            _ => (false, default),
        };
        return known;
    }
}
