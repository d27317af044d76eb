namespace DoorbellFace.Core.Imaging;

/// <summary>
/// Draws a picture through an <see cref="AffineTransform"/>. Bilinear; where the picture shrinks, each target pixel is the mean of a
/// regular grid of bilinear samples, one for each source pixel it spans, so that fine detail is averaged and not skipped.
/// Outside the source the nearest edge pixel continues. Pure and the same on every machine.
/// </summary>
public static class AffineSampler
{
    /// <summary>Fixed-point position: 16 bits of fraction.</summary>
    private const int FractionBits = 16;

    private const int One = 1 << FractionBits;

    /// <summary>Beyond this many samples a side the average no longer changes visibly.</summary>
    private const int MaxSamplesPerSide = 16;

    /// <summary>Samples <paramref name="source"/> (Gray8 or Rgb24) at the places that <paramref name="targetToSource"/> gives.</summary>
    /// <returns>A new buffer of <paramref name="width"/> x <paramref name="height"/> pixels in the source's format.</returns>
    /// <exception cref="ArgumentException">The source has a packed format; convert it first.</exception>
    public static PixelBuffer Sample(PixelBuffer source, AffineTransform targetToSource, int width, int height)
    {
        if (source.Format is not (PixelFormat.Gray8 or PixelFormat.Rgb24))
            throw new ArgumentException($"Only Gray8 and Rgb24 can be sampled; this is {source.Format}.", nameof(source));
        int channels = source.Format.BytesPerPixel();
        var target = new byte[width * height * channels];
        int samplesPerSide = Math.Clamp((int)MathF.Ceiling(targetToSource.ScaleAlongRow - 0.01f), 1, MaxSamplesPerSide);
        if (samplesPerSide == 1)
            SampleOnce(source, targetToSource, width, height, channels, target);
        else
            SampleMean(source, targetToSource, width, height, channels, samplesPerSide, target);
        return new PixelBuffer(width, height, source.Format, target);
    }

    private static void SampleOnce(PixelBuffer source, AffineTransform map, int width, int height, int channels, Span<byte> target)
    {
        Span<int> sums = stackalloc int[channels];
        int stepX = ToFixed(map.A), stepY = ToFixed(map.C);
        int written = 0;
        for (int y = 0; y < height; y++)
        {
            (float startX, float startY) = map.Apply(0.5f, y + 0.5f);
            int x = ToFixed(startX - 0.5f), yy = ToFixed(startY - 0.5f);
            for (int column = 0; column < width; column++, x += stepX, yy += stepY)
            {
                sums.Clear();
                AddBilinear(source, channels, x, yy, sums);
                for (int channel = 0; channel < channels; channel++) target[written++] = (byte)sums[channel];
            }
        }
    }

    private static void SampleMean(PixelBuffer source, AffineTransform map, int width, int height, int channels, int samplesPerSide, Span<byte> target)
    {
        Span<int> sums = stackalloc int[channels];
        int count = samplesPerSide * samplesPerSide;
        float step = 1f / samplesPerSide;
        int written = 0;
        for (int y = 0; y < height; y++)
        {
            for (int column = 0; column < width; column++)
            {
                sums.Clear();
                for (int subY = 0; subY < samplesPerSide; subY++)
                {
                    for (int subX = 0; subX < samplesPerSide; subX++)
                    {
                        (float sourceX, float sourceY) = map.Apply(column + ((subX + 0.5f) * step), y + ((subY + 0.5f) * step));
                        AddBilinear(source, channels, ToFixed(sourceX - 0.5f), ToFixed(sourceY - 0.5f), sums);
                    }
                }
                for (int channel = 0; channel < channels; channel++) target[written++] = (byte)((sums[channel] + (count / 2)) / count);
            }
        }
    }

    private static void AddBilinear(PixelBuffer source, int channels, int fixedX, int fixedY, Span<int> sums)
    {
        ReadOnlySpan<byte> pixels = source.Pixels;
        int left = fixedX >> FractionBits, top = fixedY >> FractionBits;
        int weightX = (fixedX & (One - 1)) >> 8, weightY = (fixedY & (One - 1)) >> 8;
        int x0 = Math.Clamp(left, 0, source.Width - 1) * channels, x1 = Math.Clamp(left + 1, 0, source.Width - 1) * channels;
        int row0 = Math.Clamp(top, 0, source.Height - 1) * source.StrideBytes, row1 = Math.Clamp(top + 1, 0, source.Height - 1) * source.StrideBytes;
        for (int channel = 0; channel < channels; channel++)
        {
            int upper = (pixels[row0 + x0 + channel] * (256 - weightX)) + (pixels[row0 + x1 + channel] * weightX);
            int lower = (pixels[row1 + x0 + channel] * (256 - weightX)) + (pixels[row1 + x1 + channel] * weightX);
            sums[channel] += ((upper * (256 - weightY)) + (lower * weightY) + 32768) >> 16;
        }
    }

    private static int ToFixed(float value) => (int)MathF.Round(value * One);
}
