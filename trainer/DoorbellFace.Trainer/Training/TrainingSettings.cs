namespace DoorbellFace.Trainer.Training;

/// <summary>How a training is done. Kept in every checkpoint, so that a resumed training goes on as it began.</summary>
internal sealed record TrainingSettings
{
    /// <summary>Which network; see <see cref="Network.NetworkKind"/>.</summary>
    public string Network { get; init; } = "resnet18";

    /// <summary>Times that all crops are gone through, 1 to 1000.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Edge of the network's input in pixels, 32 to 512. More sees more and takes longer, by the square.</summary>
    public int Size { get; init; } = 112;

    /// <summary>Crops in one step, 2 to 1024.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Decides the split, the start weights, the order and the augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Highest learning rate, above 0 and up to 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>AdamW's weight decay, 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Part of each label's certainty that is spread over all labels, 0 to 0.5, so that the network does not learn to be too sure.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Part of all steps over which the learning rate rises from nothing, 0 to 0.5.</summary>
    public double WarmUpShare { get; init; } = 0.1;

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Epochs is < 1 or > 1000) yield return $"--epochs is {Epochs}; expected 1 to 1000.";
        if (Size is < 32 or > 512) yield return $"--size is {Size}; expected 32 to 512 pixels.";
        if (Batch is < 2 or > 1024) yield return $"--batch is {Batch}; expected 2 to 1024.";
        if (LearningRate is not (> 0 and <= 1)) yield return $"--lr is {LearningRate}; expected a number above 0 and up to 1.";
        if (WeightDecay is not (>= 0 and <= 1)) yield return $"The weight decay is {WeightDecay}; expected 0 to 1.";
        if (LabelSmoothing is not (>= 0 and <= 0.5)) yield return $"The label smoothing is {LabelSmoothing}; expected 0 to 0.5.";
        if (WarmUpShare is not (>= 0 and <= 0.5)) yield return $"The warm-up share is {WarmUpShare}; expected 0 to 0.5.";
    }
}
