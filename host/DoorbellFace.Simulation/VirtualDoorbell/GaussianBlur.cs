using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>A lens out of focus. Rows first, then columns; the edge pixels continue outside.</summary>
internal static class GaussianBlur
{
    /// <summary>Blurs a Gray8 or Rgb24 picture.</summary>
    public static PixelBuffer Apply(PixelBuffer source, float sigmaPixels)
    {
        float[] weights = Weights(sigmaPixels);
        int channels = source.Format.BytesPerPixel();
        var rows = new byte[source.Pixels.Length];
        var both = new byte[source.Pixels.Length];
        Pass(source.Pixels, rows, source.Width, source.Height, channels, source.StrideBytes, channels, weights);
        Pass(rows, both, source.Height, source.Width, source.StrideBytes, channels, channels, weights);
        return new PixelBuffer(source.Width, source.Height, source.Format, both);
    }

    /// <param name="from">Pixels.</param>
    /// <param name="to">Blurred pixels.</param>
    /// <param name="length">Pixels along the blur.</param>
    /// <param name="lines">Lines across it.</param>
    /// <param name="step">Bytes from pixel to pixel along the blur.</param>
    /// <param name="lineStep">Bytes from line to line.</param>
    /// <param name="channels">Bytes of a pixel.</param>
    /// <param name="weights">The middle one first, then outwards; all together, both sides counted, 1.</param>
    private static void Pass(ReadOnlySpan<byte> from, Span<byte> to, int length, int lines, int step, int lineStep, int channels,
        float[] weights)
    {
        for (int line = 0; line < lines; line++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int start = (line * lineStep) + channel;
                for (int i = 0; i < length; i++)
                {
                    float sum = weights[0] * from[start + (i * step)];
                    for (int k = 1; k < weights.Length; k++)
                        sum += weights[k] * (from[start + (Math.Max(i - k, 0) * step)]
                            + from[start + (Math.Min(i + k, length - 1) * step)]);
                    to[start + (i * step)] = (byte)Math.Clamp(MathF.Round(sum), 0f, 255f);
                }
            }
        }
    }

    private static float[] Weights(float sigma)
    {
        var weights = new float[(int)MathF.Ceiling(3 * sigma) + 1];
        for (int k = 0; k < weights.Length; k++) weights[k] = MathF.Exp(-k * k / (2 * sigma * sigma));
        float total = (2 * weights.Sum()) - weights[0];
        return [.. weights.Select(weight => weight / total)];
    }
}
