using DoorbellFace.Core.Models;


namespace DoorbellFace.Trainer.Dataset;

/// <summary>Everything that a training learns from and is measured with.</summary>
/// <param name="Labels">Names in class order.</param>
/// <param name="UnknownLabel">The label of the strangers, the last one; null when there are none.</param>
/// <param name="Crops">All crops, by label and file name.</param>
/// <param name="Description">What goes into the manifest.</param>
/// <param name="Skipped">Files that could not be used, with the reasons.</param>
internal sealed record FaceDataset(
    IReadOnlyList<string> Labels, string? UnknownLabel, IReadOnlyList<LabelledCrop> Crops, DatasetDescription Description,
        IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Edge to which larger crops are brought when they are read: what <c>prepare</c> makes.</summary>
    public const int CropEdgePixels = 256;

    /// <summary>The label that strangers get.</summary>
    public const string StrangersLabel = "unknown";

    /// <summary>Class index of the strangers, or -1.</summary>
    public int UnknownIndex => UnknownLabel is null ? -1 : Labels.Count - 1;

    /// <summary>The crops of one part that are the family's.</summary>
    public IReadOnlyList<LabelledCrop> FamilyOf(Split split) => [.. Of(split).Where(crop => crop.Label != UnknownIndex)];

    /// <summary>The crops of one part.</summary>
    public IReadOnlyList<LabelledCrop> Of(Split split) => [.. Crops.Where(crop => crop.Split == split)];
}
