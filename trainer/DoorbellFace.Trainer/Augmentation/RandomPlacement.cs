using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// Turns, scales and shifts the face a little, and brings the crop to the network's size in the same sampling: what is left over when the
/// detector's box is not quite where it should be. Beyond the edge the edge pixels continue.
/// </summary>
/// <param name="size">Edge of the result, in pixels.</param>
/// <param name="maxRotationDegrees">Largest turn either way. The sweep's steps of 15 degrees leave up to 7.5, and heads tilt.</param>
/// <param name="maxScale">Largest change of size either way, as a part: 0.1 is 0.9 to 1.1 times.</param>
/// <param name="maxShift">Largest shift along each axis, as a part of the edge.</param>
internal sealed class RandomPlacement(int size, float maxRotationDegrees, float maxScale, float maxShift) : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        var rotation = Rotation.FromDegrees(random.Between(-maxRotationDegrees, maxRotationDegrees));
        float scale = 1 + random.Between(-maxScale, maxScale);
        float x = 0.5f + random.Between(-maxShift, maxShift), y = 0.5f + random.Between(-maxShift, maxShift);
        var map = AffineTransform.TargetToSource(size, size, x * crop.Width, y * crop.Height, scale * crop.Width / size, rotation);
        return AffineSampler.Sample(crop, map, size, size);
    }
}
