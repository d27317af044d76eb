using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Several augmentations, one after the other.</summary>
/// <param name="parts">In the order in which they are applied.</param>
internal sealed class AugmentationChain(params IReadOnlyList<IAugmentation> parts) : IAugmentation
{
    /// <summary>What the doorbell's frames go through, roughly in nature's order: pose, then light, then a small gray camera.</summary>
    /// <param name="size">Edge of the network's input, in pixels.</param>
    public static AugmentationChain Doorbell(int size) => new(
        new RandomPlacement(size, maxRotationDegrees: 12, maxScale: 0.08f, maxShift: 0.05f),
        new HorizontalFlip(),
        new RandomExposure(),
        new SmallCamera());

    /// <summary>The same for faces that were aligned by their landmarks: what is left of the pose is what landmarks are off by.</summary>
    /// <param name="size">Edge of the network's input, in pixels.</param>
    public static AugmentationChain AlignedDoorbell(int size) => new(new AlignedPlacement(size, span: 1), new HorizontalFlip(), new RandomExposure(), new SmallCamera());

    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        foreach (IAugmentation part in parts) crop = part.Apply(crop, random);
        return crop;
    }
}
