namespace DoorbellFace.Core.Imaging;

/// <summary>
/// Conversions between pixel formats. Pure; the input is never changed, and is returned as it is when it already has the format.
/// </summary>
public static class PixelConversion
{
    /// <summary>Luma of every pixel. From RGB: ITU-R BT.601 weights (0.299, 0.587, 0.114), rounded.</summary>
    public static PixelBuffer ToGray8(PixelBuffer source)
    {
        if (source.Format == PixelFormat.Gray8) return source;
        if (source.Format == PixelFormat.Rgb565BigEndian) return ToGray8(ToRgb24(source));
        var gray = new byte[source.Width * source.Height];
        ReadOnlySpan<byte> pixels = source.Pixels;
        if (source.Format == PixelFormat.Yuv422)
        {
            for (int i = 0; i < gray.Length; i++) gray[i] = pixels[2 * i];
        }
        else
        {
            for (int i = 0, p = 0; i < gray.Length; i++, p += 3)
                gray[i] = (byte)(((299 * pixels[p]) + (587 * pixels[p + 1]) + (114 * pixels[p + 2]) + 500) / 1000);
        }
        return new PixelBuffer(source.Width, source.Height, PixelFormat.Gray8, gray);
    }

    /// <summary>Red, green and blue of every pixel; gray becomes three equal channels. YUV422 by ITU-R BT.601, full range.</summary>
    public static PixelBuffer ToRgb24(PixelBuffer source)
    {
        if (source.Format == PixelFormat.Rgb24) return source;
        var rgb = new byte[source.Width * source.Height * 3];
        ReadOnlySpan<byte> pixels = source.Pixels;
        switch (source.Format)
        {
            case PixelFormat.Gray8:
                for (int i = 0, p = 0; i < pixels.Length; i++, p += 3)
                    rgb[p] = rgb[p + 1] = rgb[p + 2] = pixels[i];
                break;
            case PixelFormat.Yuv422:
                for (int i = 0, p = 0; i < pixels.Length; i += 4, p += 6)
                {
                    WriteRgb(rgb.AsSpan(p), pixels[i], pixels[i + 1], pixels[i + 3]);
                    WriteRgb(rgb.AsSpan(p + 3), pixels[i + 2], pixels[i + 1], pixels[i + 3]);
                }
                break;
            default:
                for (int i = 0, p = 0; i < pixels.Length; i += 2, p += 3)
                {
                    int word = (pixels[i] << 8) | pixels[i + 1];
                    rgb[p] = (byte)(((word >> 11) * 255) / 31);
                    rgb[p + 1] = (byte)((((word >> 5) & 63) * 255) / 63);
                    rgb[p + 2] = (byte)(((word & 31) * 255) / 31);
                }
                break;
        }
        return new PixelBuffer(source.Width, source.Height, PixelFormat.Rgb24, rgb);
    }

    private static void WriteRgb(Span<byte> target, int y, int u, int v)
    {
        float blueDifference = u - 128, redDifference = v - 128;
        target[0] = ToByte(y + (1.402f * redDifference));
        target[1] = ToByte(y - (0.344136f * blueDifference) - (0.714136f * redDifference));
        target[2] = ToByte(y + (1.772f * blueDifference));
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round(value), 0f, 255f);
}
