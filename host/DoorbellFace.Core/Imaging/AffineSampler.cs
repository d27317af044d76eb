using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        int samplesPerSide = Math.Clamp((int)MathF.Ceiling(targetToSource.ScaleAlongRow - 0.01f), 1, MaxSamplesPerSide),
            count = samplesPerSide * samplesPerSide;
        var target = new byte[width * height * channels];
        var sums = new int[width * channels];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int sample = 0; sample < count; sample++)
            {
                float insideX = ((sample % samplesPerSide) + 0.5f) / samplesPerSide,
                    insideY = ((sample / samplesPerSide) + 0.5f) / samplesPerSide;
                AddRow(source, channels, targetToSource, insideX, y + insideY, sums);
            }
            Span<byte> row = target.AsSpan(y * sums.Length, sums.Length);
            for (int i = 0; i < row.Length; i++) row[i] = (byte)((sums[i] + (count / 2)) / count);
        }
        return new PixelBuffer(width, height, source.Format, target);
    }

    /// <summary>
    /// Adds one sample to each pixel of a row, the first of them at (<paramref name="x"/>, <paramref name="y"/>) of the target.
    /// </summary>
    private static void AddRow(PixelBuffer source, int channels, AffineTransform map, float x, float y, Span<int> sums)
    {
        (float startX, float startY) = map.Apply(x, y);
        int fixedX = ToFixed(startX - 0.5f), fixedY = ToFixed(startY - 0.5f), stepX = ToFixed(map.A), stepY = ToFixed(map.C);
        int lastX = source.Width - 1, lastY = source.Height - 1, stride = source.StrideBytes;
        ref byte pixels = ref MemoryMarshal.GetReference(source.Pixels);
        bool IsInside(int column, int row) => (uint)(column >> FractionBits) < (uint)lastX && (uint)(row >> FractionBits) < (uint)lastY;
        int steps = (sums.Length / channels) - 1;
        // A straight line whose ends are inside is inside all the way.
        if (channels == 1 && IsInside(fixedX, fixedY) && IsInside(fixedX + (steps * stepX), fixedY + (steps * stepY)))
        {
            AddGrayRowInside(ref pixels, stride, fixedX, fixedY, stepX, stepY, sums);
            return;
        }
        for (int at = 0; at < sums.Length; at += channels, fixedX += stepX, fixedY += stepY)
        {
            int left = fixedX >> FractionBits, top = fixedY >> FractionBits;
            int weightX = (fixedX & (One - 1)) >> 8, weightY = (fixedY & (One - 1)) >> 8;
            int right = left + 1, bottom = top + 1;
            if ((uint)left >= (uint)lastX || (uint)top >= (uint)lastY)
                (left, right, top, bottom) =
                    (Math.Clamp(left, 0, lastX), Math.Clamp(right, 0, lastX), Math.Clamp(top, 0, lastY), Math.Clamp(bottom, 0, lastY));
            ref byte upperRow = ref Unsafe.Add(ref pixels, top * stride), lowerRow = ref Unsafe.Add(ref pixels, bottom * stride);
            int x0 = left * channels, x1 = right * channels;
            for (int channel = 0; channel < channels; channel++)
            {
                int upper = Between(Unsafe.Add(ref upperRow, x0 + channel), Unsafe.Add(ref upperRow, x1 + channel), weightX);
                int lower = Between(Unsafe.Add(ref lowerRow, x0 + channel), Unsafe.Add(ref lowerRow, x1 + channel), weightX);
                sums[at + channel] += (Between(upper, lower, weightY) + 32768) >> 16;
            }
        }
    }

    /// <summary>The same where no place is beyond an edge and a pixel is one byte: what candidates and faces are cut out with.</summary>
    private static void AddGrayRowInside(ref byte pixels, int stride, int x, int y, int stepX, int stepY, Span<int> sums)
    {
        foreach (ref int sum in sums)
        {
            ref byte corner = ref Unsafe.Add(ref pixels, ((y >> FractionBits) * stride) + (x >> FractionBits));
            int weightX = (x & (One - 1)) >> 8, weightY = (y & (One - 1)) >> 8;
            int upper = Between(corner, Unsafe.Add(ref corner, 1), weightX),
                lower = Between(Unsafe.Add(ref corner, stride), Unsafe.Add(ref corner, stride + 1), weightX);
            sum += (Between(upper, lower, weightY) + 32768) >> 16;
            x += stepX;
            y += stepY;
        }
    }

    /// <summary>256 times the value at so many 256ths of the way from one to the other.</summary>
    private static int Between(int one, int other, int weight) => (one * 256) + ((other - one) * weight);

    private static int ToFixed(float value) => (int)MathF.Round(value * One);
}
