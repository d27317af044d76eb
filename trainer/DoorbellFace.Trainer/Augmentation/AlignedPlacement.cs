using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// Takes the aligned face out of a crop that shows some surroundings, a little off its place, size and angle, as landmarks are never exact.
/// Every part of the error is normally distributed.
/// </summary>
/// <param name="size">Edge of the result, in pixels.</param>
/// <param name="span">How many times the aligned face's edge the crop shows, 1 or more.</param>
internal sealed class AlignedPlacement(int size, float span) : IAugmentation
{
    /// <summary>
    /// Standard deviations: of the angle in degrees, of the size as a part, of the place as a part of the edge along each axis.
    /// </summary>
    private const float RotationDegrees = 3, Scale = 0.03f, Shift = 0.013f;

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        var rotation = Rotation.FromDegrees(RotationDegrees * random.Normal());
        float face = crop.Width / span, scale = 1 + (Scale * random.Normal());
        float x = (crop.Width / 2f) + (Shift * face * random.Normal()), y = (crop.Height / 2f) + (Shift * face * random.Normal());
        var map = AffineTransform.TargetToSource(size, size, x, y, scale * face / size, rotation);
        return AffineSampler.Sample(crop, map, size, size);
    }
}
