using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// Turns the crop around its centre by an angle evenly distributed up to a limit either way; its size stays. Where torchvision's
/// RandomRotation leaves black corners, the edge pixels continue: the doorbell never sees black corners.
/// </summary>
/// <param name="maxDegrees">Largest turn either way, in degrees; 20 in the paper.</param>
internal sealed class RandomRotation(float maxDegrees = 20) : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        var rotation = Rotation.FromDegrees(random.Between(-maxDegrees, maxDegrees));
        var map = AffineTransform.TargetToSource(crop.Width, crop.Height, crop.Width / 2f, crop.Height / 2f, 1, rotation);
        return AffineSampler.Sample(crop, map, crop.Width, crop.Height);
    }
}
