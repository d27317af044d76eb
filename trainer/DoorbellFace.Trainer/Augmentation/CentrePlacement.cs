using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Takes the aligned face out of a crop that shows some surroundings, exactly where it is; for measuring.</summary>
/// <param name="size">Edge of the result, in pixels.</param>
/// <param name="span">How many times the aligned face's edge the crop shows, 1 or more.</param>
internal sealed class CentrePlacement(int size, float span) : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        var map = AffineTransform.TargetToSource(size, size, crop.Width / 2f, crop.Height / 2f, crop.Width / span / size, Rotation.None);
        return AffineSampler.Sample(crop, map, size, size);
    }
}
