using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>Several augmentations, one after the other.</summary>
/// <param name="parts">In the order in which they are applied.</param>
internal sealed class AugmentationChain(params IReadOnlyList<IAugmentation> parts) : IAugmentation
{
    /// <inheritdoc/>
    public PixelBuffer Apply(PixelBuffer crop, SeededRandom random)
    {
        foreach (IAugmentation part in parts) crop = part.Apply(crop, random);
        return crop;
    }
}
