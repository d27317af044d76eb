using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>How the backbone is made. Kept in every checkpoint, so that a resumed training goes on as it began.</summary>
internal sealed record DistillationSettings
{
    /// <summary>Times that all faces are gone through, 1 to 1000; or 0, which measures the start and leaves it as it is.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>
    /// So many of the epochs, the first ones, see the faces at <see cref="EarlySize"/>, to save time; 0 by default. The change must come
    /// while the learning rate is high: at a fifth of the way before the end it cost more than it gave (docs/results/recognition.md).
    /// </summary>
    public int EarlyEpochs { get; init; }

    /// <summary>Edge of the network's input in the early epochs, in pixels.</summary>
    public int EarlySize { get; init; } = 80;

    /// <summary>
    /// Edge of the network's input at last, in pixels: 80 by default, which learns twice as fast. A backbone goes over to the 112 pixels of
    /// the one in use when it has learnt most of what 80 can show, at a high learning rate (docs/results/recognition.md).
    /// </summary>
    public int Size { get; init; } = 80;

    /// <summary>
    /// Views made of the faces (<see cref="ViewHarvest"/>), 0 to a million. An epoch goes through all faces and through at most as many
    /// views.
    /// </summary>
    public int Views { get; init; }

    /// <summary>Faces in one step, 2 to 1024.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Decides the start weights, the order and the augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Highest learning rate, above 0 and up to 1.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>AdamW's weight decay, 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Part of all steps over which the learning rate rises from nothing, 0 to 0.5.</summary>
    public double WarmUpShare { get; init; } = 0.04;

    /// <summary>Weight of the relational loss beside the cosine loss; see <see cref="DistillationLoss"/>.</summary>
    public double RelationWeight { get; init; } = 0.1;

    /// <summary>Weight of the loss over the most similar faces, 0 to 100; see <see cref="DistillationLoss"/>.</summary>
    public double HardPairWeight { get; init; }

    /// <summary>
    /// Part of the faces degraded as a small camera would, in the first and in the last epoch; between them it rises evenly.
    /// </summary>
    public float FirstCameraShare { get; init; } = 0.3f;

    /// <inheritdoc cref="FirstCameraShare"/>
    public float LastCameraShare { get; init; } = 0.7f;

    /// <summary>
    /// Whether the steps are computed with 16 bits where that is enough; see <see cref="Network.MixedPrecisionOperations"/>.
    /// </summary>
    public bool MixedPrecision { get; init; }

    /// <summary>What the network began with: a file's name, or null for random weights.</summary>
    public string? Start { get; init; }

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Epochs is < 0 or > 1000) yield return $"--epochs is {Epochs}; expected 0 to 1000.";
        if (EarlyEpochs < 0 || EarlyEpochs > Epochs)
            yield return $"--early-epochs is {EarlyEpochs}; expected 0 to {Epochs}, the number of all epochs.";
        if (Size is < 64 or > 256) yield return $"--size is {Size}; expected 64 to 256 pixels.";
        if (Views is < 0 or > 1_000_000) yield return $"--views is {Views}; expected 0 to 1000000.";
        if (Batch is < 2 or > 1024) yield return $"--batch is {Batch}; expected 2 to 1024.";
        if (HardPairWeight is not (>= 0 and <= 100)) yield return $"--hard-pairs is {HardPairWeight}; expected 0 to 100.";
        if (LearningRate is not (> 0 and <= 1)) yield return $"--lr is {LearningRate}; expected a number above 0 and up to 1.";
    }

    /// <summary>Edge of the input in an epoch.</summary>
    public int SizeIn(int epoch) => epoch < EarlyEpochs ? EarlySize : Size;
}
