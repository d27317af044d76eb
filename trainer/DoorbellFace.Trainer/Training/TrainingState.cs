using System.Text.Json.Serialization;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Training;

/// <summary>Everything about a training that is not a tensor; the readable part of a checkpoint.</summary>
internal sealed record TrainingState
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Layout of this record; see <see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>How it is done.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>How a crop becomes the network's input.</summary>
    public required PreprocessorSettings Preprocessor { get; init; }

    /// <summary>Names in class order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The label of the strangers, if there are any.</summary>
    public string? UnknownLabel { get; init; }

    /// <summary>What it is trained on.</summary>
    public required DatasetDescription Dataset { get; init; }

    /// <summary>The epochs so far, the first one first.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>What was measured at the end; null before.</summary>
    public TrainingOutcome? Outcome { get; init; }

    /// <summary>The best epoch so far; null before the first has ended.</summary>
    [JsonIgnore]
    public EpochResult? Best => Epochs.Aggregate((EpochResult?)null, (best, epoch) => epoch.IsBetterThan(best) ? epoch : best);

    /// <summary>Whether there is nothing more to learn: all epochs are done, or too many have passed since the best one.</summary>
    [JsonIgnore]
    public bool IsComplete =>
        Epochs.Count >= Settings.Epochs || (Settings.Patience > 0 && Best is { } best && Epochs.Count - best.Number >= Settings.Patience);

    /// <summary>Reads a checkpoint's.</summary>
    /// <exception cref="UserErrorException">There is no such file, or it is no checkpoint of this version.</exception>
    public static TrainingState Read(string checkpoint)
    {
        TrainingState state = Checkpoint.ReadState<TrainingState>(checkpoint);
        return state.Version == CurrentVersion
            ? state
            : throw Checkpoint.NotUsable(checkpoint, $"its version is {state.Version}, and this program reads version {CurrentVersion}");
    }

    /// <summary>Class index of the strangers, or -1.</summary>
    public int UnknownIndex => UnknownLabel is null ? -1 : Labels.Count - 1;
}

/// <summary>What came of an epoch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="TrainLoss">Mean loss over the augmented training crops.</param>
/// <param name="ValidationLoss">Mean loss over the validation crops.</param>
/// <param name="ValidationAccuracy">Part of the validation crops whose label came first, 0 to 1.</param>
internal sealed record EpochResult(int Number, double TrainLoss, double ValidationLoss, double ValidationAccuracy)
{
    /// <summary>Whether this epoch's network is to be kept rather than another's: more right, or as many and surer.</summary>
    public bool IsBetterThan(EpochResult? other) =>
        other is null
        || ValidationAccuracy > other.ValidationAccuracy
        || (ValidationAccuracy == other.ValidationAccuracy && ValidationLoss < other.ValidationLoss);
}

/// <summary>What the end of a training found out; all that an export needs besides the weights.</summary>
/// <param name="TrainedAt">When it ended.</param>
/// <param name="Temperature">Divides the logits; see <see cref="Evaluation.TemperatureScaling"/>.</param>
/// <param name="Thresholds">Where the decision is made; see <see cref="Evaluation.ThresholdRule"/>.</param>
/// <param name="Metrics">Figures by name, 0 to 1.</param>
/// <param name="Ranges">What each activation reached over training crops; for int8.</param>
internal sealed record TrainingOutcome(
    DateTimeOffset TrainedAt, float Temperature, MatchThresholds Thresholds, IReadOnlyDictionary<string, double> Metrics,
        IReadOnlyDictionary<string, ActivationRange> Ranges)
{
    /// <summary>Of a backbone: the cosines from which a household's own thresholds start. Null for other networks.</summary>
    public MatchThresholds? EmbeddingThresholds { get; init; }
}
