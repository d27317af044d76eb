using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Another light and another exposure: gamma, contrast and brightness, as one table of 256 values.</summary>
internal sealed class RandomExposure : IAugmentation
{
    private const float Probability = 0.8f;

    /// <summary>Gamma from 1 / this to this.</summary>
    private const float MaxGamma = 1.6f;

    /// <summary>Contrast around middle gray, from 1 - this to 1 + this.</summary>
    private const float MaxContrast = 0.35f;

    /// <summary>Brightness up or down, as a part of white.</summary>
    private const float MaxBrightness = 0.2f;

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        if (!random.Chance(Probability)) return crop;
        float gamma = random.Factor(MaxGamma);
        float contrast = 1 + random.Between(-MaxContrast, MaxContrast);
        float brightness = random.Between(-MaxBrightness, MaxBrightness);
        Span<byte> table = stackalloc byte[256];
        for (int value = 0; value < table.Length; value++)
        {
            float light = MathF.Pow(value / 255f, gamma);
            table[value] = (byte)Math.Clamp(MathF.Round(255 * (((light - 0.5f) * contrast) + 0.5f + brightness)), 0, 255);
        }
        var changed = new byte[crop.Pixels.Length];
        ReadOnlySpan<byte> source = crop.Pixels;
        for (int i = 0; i < changed.Length; i++) changed[i] = table[source[i]];
        return new PixelBuffer(crop.Width, crop.Height, crop.Format, changed);
    }
}
