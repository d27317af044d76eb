using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Training;

/// <summary>How a training is done. Kept in every checkpoint, so that a resumed training goes on as it began.</summary>
internal sealed record TrainingSettings
{
    /// <summary>Every layer learns.</summary>
    public const string FineTune = "fine-tune";

    /// <summary>Only the last layer learns; what comes before it is computed once and kept (<see cref="FeatureCache"/>).</summary>
    public const string FeatureExtraction = "features";

    /// <summary>The learning rate falls along half a cosine, or stays after the warm-up.</summary>
    public const string Cosine = "cosine", Constant = "constant";

    /// <summary>Which network; see <see cref="NetworkKind"/>.</summary>
    public string Network { get; init; } = "resnet18";

    /// <summary>
    /// What it starts from: "random", "imagenet", "face-backbone", a model folder, or a file; see <see cref="Weights.StartWeights"/>.
    /// </summary>
    public string Start { get; init; } = Weights.StartWeights.Random;

    /// <summary>What learns; see <see cref="FineTune"/> and <see cref="FeatureExtraction"/>.</summary>
    public string Mode { get; init; } = FineTune;

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

    /// <summary>How the crops are changed from epoch to epoch; see <see cref="AugmentationList"/>.</summary>
    public string Augment { get; init; } = AugmentationList.Doorbell;

    /// <summary>In colour; else gray, as the doorbell's camera is.</summary>
    public bool Colour { get; init; }

    /// <summary>
    /// With frozen features: from how many augmented copies of each crop it learns, 1 to 100. In epoch e it is copy e modulo this.
    /// </summary>
    public int Copies { get; init; } = 4;

    /// <summary>What makes steps of the gradients; see <see cref="Optimizers"/>.</summary>
    public string Optimizer { get; init; } = Optimizers.AdamW;

    /// <summary>How the learning rate goes on after the warm-up: "cosine" or "constant".</summary>
    public string Schedule { get; init; } = Cosine;

    /// <summary>
    /// Most crops that go through the network at once, or 0 for a whole batch. Their gradients are added up, so a step is the same (but for
    /// normalisation by the batch's own mean) and the memory smaller.
    /// </summary>
    public int MicroBatch { get; init; }

    /// <summary>
    /// Whether steps of a whole network are computed with 16 bits where that is enough; see <see cref="MixedPrecisionOperations"/>.
    /// </summary>
    public bool MixedPrecision { get; init; }

    /// <summary>Epochs without a better one after which the training ends early, or 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>AdamW's weight decay, 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>
    /// Part of each label's certainty that is spread over all labels, 0 to 0.5, so that the network does not learn to be too sure.
    /// </summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Part of all steps over which the learning rate rises from nothing, 0 to 0.5.</summary>
    public double WarmUpShare { get; init; } = 0.1;

    /// <summary>How a crop becomes the network's input.</summary>
    public PreprocessorSettings ToPreprocessor() => NetworkKind.Named(Network) is { TakesAlignedFaces: true } kind
        ? kind.Preprocessor(Size)
        : AugmentationList.Parse(Augment).Preprocessor(Size, Colour);

    /// <summary>
    /// What is usual for a start, a network and a mode. The face backbone knows faces already: fine-tuned, a tenth of the rate and a third
    /// of the epochs make it the family's, and more makes it forget everyone else (docs/results/recognition.md).
    /// </summary>
    /// <param name="start">Where it starts; see <see cref="Start"/>.</param>
    /// <param name="network">The network, if one was asked for.</param>
    /// <param name="mode">What learns; see <see cref="Mode"/>.</param>
    public static TrainingSettings UsualFor(string start, string? network, string mode = FineTune)
    {
        var usual = new TrainingSettings { Start = start, Mode = mode };
        Weights.StartFit? fit = Weights.StartWeights.Fit(start);
        if ((network ?? fit?.Network) != BackboneClassifier.KindName) return fit is null ? usual : usual with
        {
            Network = fit.Network, Size = fit.Size,
        };
        usual = usual with
        {
            Network = BackboneClassifier.KindName, Size = fit?.Size ?? NetworkKind.Named(BackboneClassifier.KindName).InputSize,
            Augment = AugmentationList.AlignedDoorbell,
        };
        return fit is null || mode == FeatureExtraction ? usual : usual with { Epochs = 12, LearningRate = 1e-4 };
    }

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Epochs is < 1 or > 1000) yield return $"--epochs is {Epochs}; expected 1 to 1000.";
        NetworkKind? kind = NetworkKind.All.FirstOrDefault(kind => kind.Name == Network);
        if (kind is null)
            yield return $"--network is {Network}; expected one of {string.Join(", ", NetworkKind.All.Select(kind => kind.Name))}.";
        int smallest = kind?.SmallestSize ?? 32, largest = kind?.LargestSize ?? 512;
        if (Size < smallest || Size > largest)
            yield return smallest == largest
                ? $"--size is {Size}; {Network} takes {smallest} pixels only."
                : $"--size is {Size}; expected {smallest} to {largest} pixels.";
        if (Batch is < 2 or > 1024) yield return $"--batch is {Batch}; expected 2 to 1024.";
        if (LearningRate is not (> 0 and <= 1)) yield return $"--lr is {LearningRate}; expected a number above 0 and up to 1.";
        if (Mode is not (FineTune or FeatureExtraction)) yield return $"--mode is {Mode}; expected {FineTune} or {FeatureExtraction}.";
        if (AugmentationList.Complaint(Augment) is { } complaint) yield return complaint;
        if (Copies is < 1 or > 100) yield return $"--copies is {Copies}; expected 1 to 100.";
        if (!Optimizers.Names.Contains(Optimizer))
            yield return $"--optimizer is {Optimizer}; expected one of {string.Join(", ", Optimizers.Names)}.";
        if (Schedule is not (Cosine or Constant)) yield return $"--schedule is {Schedule}; expected {Cosine} or {Constant}.";
        if (MicroBatch is < 0 or > 1024) yield return $"--micro-batch is {MicroBatch}; expected 0 (whole batches) to 1024.";
        if (Patience is < 0 or > 1000) yield return $"--patience is {Patience}; expected 0 (never stop early) to 1000 epochs.";
        if (WeightDecay is not (>= 0 and <= 1)) yield return $"The weight decay is {WeightDecay}; expected 0 to 1.";
        if (LabelSmoothing is not (>= 0 and <= 0.5)) yield return $"--label-smoothing is {LabelSmoothing}; expected 0 to 0.5.";
        if (WarmUpShare is not (>= 0 and <= 0.5)) yield return $"--warm-up is {WarmUpShare}; expected 0 to 0.5.";
    }
}
