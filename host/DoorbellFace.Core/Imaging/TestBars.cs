namespace DoorbellFace.Core.Imaging;

/// <summary>
/// The eight colour bars that the OV7670 shows in place of the picture (COM17 bit 3): white, yellow, cyan, green, magenta, red, blue,
/// black. The levels are those of a recording of one real sensor; they come from its digital part, so that light, lens and noise have no
/// share in them.
/// </summary>
public static class TestBars
{
    /// <summary>Bars, from left to right.</summary>
    public const int Count = 8;

    /// <summary>Luma of each bar.</summary>
    public static IReadOnlyList<byte> Luma { get; } = [255, 223, 175, 143, 111, 79, 31, 0];

    /// <summary>Blue difference (U) of each bar.</summary>
    public static IReadOnlyList<byte> BlueDifference { get; } = [128, 1, 174, 46, 210, 82, 255, 128];

    /// <summary>Red difference (V) of each bar.</summary>
    public static IReadOnlyList<byte> RedDifference { get; } = [128, 152, 1, 24, 232, 255, 104, 128];

    /// <summary>The bars as a frame.</summary>
    /// <param name="width">Pixels in a row, 8 or more; even for YUV422.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="format">Gray8 or YUV422.</param>
    /// <exception cref="ArgumentException">The sensor does not show bars in that format.</exception>
    public static PixelBuffer Draw(int width, int height, PixelFormat format)
    {
        if (format is not (PixelFormat.Gray8 or PixelFormat.Yuv422))
            throw new ArgumentException($"Bars are drawn as Gray8 or Yuv422, not as {format}.", nameof(format));
        var pixels = new byte[width * height * format.BytesPerPixel()];
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            int column = pixel % width;
            if (format == PixelFormat.Gray8)
            {
                pixels[pixel] = Luma[BarAt(column, width)];
                continue;
            }
            // Two pixels share their chroma, which is that of the first.
            int pair = BarAt(column / 2 * 2, width);
            pixels[2 * pixel] = Luma[BarAt(column, width)];
            pixels[(2 * pixel) + 1] = column % 2 == 0 ? BlueDifference[pair] : RedDifference[pair];
        }
        return new PixelBuffer(width, height, format, pixels);
    }

    private static int BarAt(int column, int width) => column * Count / width;
}
