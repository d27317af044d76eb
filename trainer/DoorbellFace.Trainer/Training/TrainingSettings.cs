using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Training;

/// <summary>How a training is done. Kept in every checkpoint, so that a resumed training goes on as it began.</summary>
internal sealed record TrainingSettings
{
    /// <summary>Which network; see <see cref="NetworkKind"/>.</summary>
    public string Network { get; init; } = "resnet18";

    /// <summary>What it starts from: "random", "imagenet", "face-backbone", a model folder, or a file; see <see cref="Weights.StartWeights"/>.</summary>
    public string Start { get; init; } = Weights.StartWeights.Random;

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

    /// <summary>
    /// What is usual for a start and a network. The face backbone knows faces already: a tenth of the rate and a third of the epochs make it the
    /// family's, and more makes it forget everyone else (docs/results/recognition.md).
    /// </summary>
    /// <param name="start">Where it starts; see <see cref="Start"/>.</param>
    /// <param name="network">The network, if one was asked for.</param>
    public static TrainingSettings UsualFor(string start, string? network)
    {
        var usual = new TrainingSettings();
        Weights.StartFit? fit = Weights.StartWeights.Fit(start);
        if ((network ?? fit?.Network) != BackboneClassifier.KindName) return fit is null ? usual : usual with { Network = fit.Network, Size = fit.Size };
        return usual with { Network = BackboneClassifier.KindName, Size = fit?.Size ?? NetworkKind.Named(BackboneClassifier.KindName).InputSize, Epochs = fit is null ? usual.Epochs : 12, LearningRate = fit is null ? usual.LearningRate : 1e-4 };
    }

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Epochs is < 1 or > 1000) yield return $"--epochs is {Epochs}; expected 1 to 1000.";
        NetworkKind? kind = NetworkKind.All.FirstOrDefault(kind => kind.Name == Network);
        if (kind is null) yield return $"--network is {Network}; expected one of {string.Join(", ", NetworkKind.All.Select(kind => kind.Name))}.";
        int smallest = kind?.SmallestSize ?? 32, largest = kind?.LargestSize ?? 512;
        if (Size < smallest || Size > largest) yield return smallest == largest ? $"--size is {Size}; {Network} takes {smallest} pixels only." : $"--size is {Size}; expected {smallest} to {largest} pixels.";
        if (Batch is < 2 or > 1024) yield return $"--batch is {Batch}; expected 2 to 1024.";
        if (LearningRate is not (> 0 and <= 1)) yield return $"--lr is {LearningRate}; expected a number above 0 and up to 1.";
        if (WeightDecay is not (>= 0 and <= 1)) yield return $"The weight decay is {WeightDecay}; expected 0 to 1.";
        if (LabelSmoothing is not (>= 0 and <= 0.5)) yield return $"The label smoothing is {LabelSmoothing}; expected 0 to 0.5.";
        if (WarmUpShare is not (>= 0 and <= 0.5)) yield return $"The warm-up share is {WarmUpShare}; expected 0 to 0.5.";
    }
}
