using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// A rectangle somewhere in the crop, 8 to 100 % of its area and 3:4 to 4:3 in shape, stretched to the network's square: torchvision's
/// RandomResizedCrop with its usual limits, as the paper uses it (at 224 pixels).
/// </summary>
/// <param name="size">Edge of the result, in pixels.</param>
internal sealed class RandomResizedCrop(int size) : IAugmentation
{
    /// <summary>Part of the crop's area.</summary>
    public const float MinArea = 0.08f, MaxArea = 1;

    /// <summary>Width by height.</summary>
    public const float MinShape = 3f / 4, MaxShape = 4f / 3;

    /// <summary>A rectangle that does not fit is drawn again so often; then the whole crop is taken.</summary>
    private const int Tries = 10;

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        (float x, float y, float width, float height) = Choose(crop.Width, crop.Height, random);
        return AffineSampler.Sample(crop, new AffineTransform(width / size, 0, x, 0, height / size, y), size, size);
    }

    /// <summary>The rectangle, in pixels of a picture of that size.</summary>
    public static (float X, float Y, float Width, float Height) Choose(int width, int height, SeededRandom random)
    {
        for (int i = 0; i < Tries; i++)
        {
            float area = random.Between(MinArea, MaxArea) * width * height;
            float shape = MathF.Exp(random.Between(MathF.Log(MinShape), MathF.Log(MaxShape)));
            float across = MathF.Round(MathF.Sqrt(area * shape)), down = MathF.Round(MathF.Sqrt(area / shape));
            if (across < 1 || down < 1 || across > width || down > height) continue;
            return (random.Below(width - (int)across + 1), random.Below(height - (int)down + 1), across, down);
        }
        return (0, 0, width, height);
    }
}
