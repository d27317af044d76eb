using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// Covers a rectangle of some crops with one gray, as a hand, a scarf or the edge of a door would (Zhong et al., Random Erasing Data
/// Augmentation, 2017): what is learnt must not hang on one part of the face.
/// </summary>
internal sealed class RandomOcclusion : IAugmentation
{
    private const float Probability = 0.25f;

    /// <summary>Part of the picture that is covered.</summary>
    private const float LeastArea = 0.03f, MostArea = 0.2f;

    /// <summary>Width by height from 1 / this to this.</summary>
    private const float MostElongated = 3;

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        if (!random.Chance(Probability)) return crop;
        float area = random.Between(LeastArea, MostArea), elongation = random.Factor(MostElongated);
        int width = Math.Clamp((int)(crop.Width * MathF.Sqrt(area * elongation)), 1, crop.Width);
        int height = Math.Clamp((int)(crop.Height * MathF.Sqrt(area / elongation)), 1, crop.Height);
        int left = random.Below(crop.Width - width + 1), top = random.Below(crop.Height - height + 1);
        var gray = (byte)random.Below(256);
        int channels = crop.Format.BytesPerPixel();
        byte[] covered = crop.Pixels.ToArray();
        for (int row = top; row < top + height; row++)
            covered.AsSpan((row * crop.StrideBytes) + (left * channels), width * channels).Fill(gray);
        return new PixelBuffer(crop.Width, crop.Height, crop.Format, covered);
    }
}
