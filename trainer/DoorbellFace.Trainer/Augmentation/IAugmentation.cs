using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// One way of changing a crop that leaves the person who they are. Pure: the same crop and random stream give the same result.
/// </summary>
internal interface IAugmentation
{
    /// <summary>A changed crop; or the same one, when chance says so.</summary>
    /// <param name="crop">Square, Gray8 or Rgb24.</param>
    /// <param name="random">Where all chance comes from.</param>
    PixelBuffer Apply(PixelBuffer crop, SeededRandom random);
}
