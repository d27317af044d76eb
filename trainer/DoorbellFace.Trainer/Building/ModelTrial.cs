using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Building;

/// <summary>What a trial is made of, for programs, which have words of their own for it.</summary>
internal enum TrialKind
{
    /// <summary>The backbone as it comes with the program.</summary>
    Plain,

    /// <summary>That one, trained further on the family.</summary>
    FineTuned,

    /// <summary>A small network that has seen nobody but the family.</summary>
    Small,
}

/// <summary>A picture whose person did not come first.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="TakenFor">Who came first.</param>
/// <param name="Picture">The face as the network saw it, a file.</param>
internal sealed record TrialMistake(string Person, string TakenFor, string Picture);

/// <summary>A model that might become the family's, measured as the host would run it.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Folder">The model folder.</param>
/// <param name="Validation">Share of the validation crops whose person came first.</param>
/// <param name="Milliseconds">Median time for a face in ONNX Runtime on one thread.</param>
/// <param name="KnowsStrangers">Whether strangers have been measured for it, so that its thresholds can be trusted.</param>
/// <param name="Seconds">What it took to make.</param>
internal sealed record ModelTrial(string Name, string Folder, Rate Validation, double Milliseconds, bool KnowsStrangers,
    double Seconds)
{
    /// <summary>What it is made of.</summary>
    public TrialKind Kind { get; init; }

    /// <summary>Pictures kept for choosing whose person did not come first, the most frequent mix-up first; not more than <see
    /// cref="TrialMeasurement.MostMistakes"/>.</summary>
    public IReadOnlyList<TrialMistake> Mistakes { get; init; } = [];

    /// <summary>What came of each epoch of its training, the first one first; none where nothing was trained.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; init; } = [];

    /// <summary>Number of the epoch whose network it is; 0 where nothing was trained.</summary>
    public int BestEpoch { get; init; }
}
