using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>A face crop of the dataset, decoded.</summary>
/// <param name="Label">Class index.</param>
/// <param name="Split">What it is used for.</param>
/// <param name="Pixels">Square, Gray8 or Rgb24 as the network takes it, at most <see cref="FaceDataset.CropEdgePixels"/> on a side.</param>
internal sealed record LabelledCrop(int Label, Split Split, PixelBuffer Pixels);

/// <summary>A file that was passed over.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record SkippedFile(string Path, string Reason);
