using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// The crop as a small camera would have given it: as few pixels as a face two steps from the door has in 320x240, blurred by the lens,
/// with the sensor's noise, and enlarged again to its former size.
/// </summary>
/// <param name="probability">The part of the crops that it happens to.</param>
/// <param name="minEdgePixels">Fewest pixels on a side; by default a face of 32 pixels with its margin.</param>
internal sealed class SmallCamera(float probability = 0.6f, int minEdgePixels = 36) : IAugmentation
{
    private const float BlurProbability = 0.5f;

    /// <summary>Largest standard deviation of the noise, in gray levels. The measuring camera of docs/results has 6.</summary>
    private const float MaxNoise = 9;

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        if (!random.Chance(probability) || crop.Width < minEdgePixels) return crop;
        // Evenly by the logarithm: half the size is as great a step at 120 pixels as at 60.
        float ratio = MathF.Exp(random.Between(MathF.Log((float)minEdgePixels / crop.Width), 0));
        int edge = (int)MathF.Round(crop.Width * ratio);
        PixelBuffer small = Resize(crop, edge);
        byte[] pixels = small.Pixels.ToArray();
        if (random.Chance(BlurProbability)) Blur(pixels, small);
        AddNoise(pixels, random.Between(0, MaxNoise), random);
        return Resize(new PixelBuffer(edge, edge, crop.Format, pixels), crop.Width);
    }

    private static PixelBuffer Resize(PixelBuffer picture, int edge)
    {
        if (picture.Width == edge) return picture;
        var map =
            AffineTransform.TargetToSource(edge, edge, picture.Width / 2f, picture.Height / 2f, (float)picture.Width / edge, Rotation.None);
        return AffineSampler.Sample(picture, map, edge, edge);
    }

    /// <summary>One pass of 1-2-1 along each axis: a Gaussian with a standard deviation of 0.7 pixels.</summary>
    private static void Blur(Span<byte> pixels, PixelBuffer shape)
    {
        int step = shape.Format.BytesPerPixel();
        for (int row = 0; row < shape.Height; row++)
        {
            for (int channel = 0; channel < step; channel++)
                BlurLine(pixels, (row * shape.StrideBytes) + channel, step, shape.Width);
        }
        for (int column = 0; column < shape.StrideBytes; column++) BlurLine(pixels, column, shape.StrideBytes, shape.Height);
    }

    private static void BlurLine(Span<byte> pixels, int start, int step, int count)
    {
        int previous = pixels[start];
        for (int i = 0, at = start; i < count; i++, at += step)
        {
            int current = pixels[at], next = i + 1 < count ? pixels[at + step] : current;
            pixels[at] = (byte)((previous + (2 * current) + next + 2) / 4);
            previous = current;
        }
    }

    private static void AddNoise(Span<byte> pixels, float deviation, SeededRandom random)
    {
        if (deviation < 0.5f) return;
        foreach (ref byte pixel in pixels) pixel = (byte)Math.Clamp(MathF.Round(pixel + (deviation * random.Normal())), 0, 255);
    }
}
