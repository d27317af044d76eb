using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Adds to every value of every pixel a number of the normal distribution.</summary>
/// <param name="deviation">Standard deviation as a part of white; 0.01 in the paper, that is 2.55 gray levels.</param>
internal sealed class GaussianNoise(float deviation = 0.01f) : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        byte[] pixels = crop.Pixels.ToArray();
        foreach (ref byte pixel in pixels.AsSpan())
            pixel = (byte)Math.Clamp(MathF.Round(pixel + (255 * deviation * random.Normal())), 0, 255);
        return new PixelBuffer(crop.Width, crop.Height, crop.Format, pixels);
    }
}
