namespace DoorbellFace.Core.Imaging;

/// <summary>How the bytes of a <see cref="PixelBuffer"/> are to be read.</summary>
public enum PixelFormat
{
    /// <summary>One byte a pixel: luma, 0 black to 255 white.</summary>
    Gray8,

    /// <summary>Three bytes a pixel: red, green, blue, 0 to 255 each.</summary>
    Rgb24,

    /// <summary>Four bytes for two neighbouring pixels: Y0, U, Y1, V (OV7670 datasheet 1.4, TSLB[3] = 0, COM13[0] = 0).</summary>
    Yuv422,

    /// <summary>Two bytes a pixel, the high byte first: rrrrrggg gggbbbbb, as the OV7670 sends it.</summary>
    Rgb565BigEndian,
}

/// <summary>Facts about each <see cref="PixelFormat"/>.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes that one pixel takes; for <see cref="PixelFormat.Yuv422"/>, half of what a pair takes.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Rgb24 => 3,
        PixelFormat.Yuv422 => 2,
        PixelFormat.Rgb565BigEndian => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown pixel format."),
    };
}
