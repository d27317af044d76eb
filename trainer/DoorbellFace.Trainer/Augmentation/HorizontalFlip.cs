using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Mirrors every second crop: left and right of a face are nearly the same.</summary>
internal sealed class HorizontalFlip : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        if (!random.Chance(0.5f)) return crop;
        int channels = crop.Format.BytesPerPixel();
        var mirrored = new byte[crop.Pixels.Length];
        for (int row = 0; row < crop.Height; row++)
        {
            ReadOnlySpan<byte> source = crop.Row(row);
            Span<byte> target = mirrored.AsSpan(row * crop.StrideBytes, crop.StrideBytes);
            for (int column = 0; column < crop.Width; column++)
                source.Slice((crop.Width - 1 - column) * channels, channels).CopyTo(target[(column * channels)..]);
        }
        return new PixelBuffer(crop.Width, crop.Height, crop.Format, mirrored);
    }
}
