using System.Globalization;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Decides from the frames of one visit who it is. The frames vote: their scores are averaged, weighted by quality, and a name needs two
/// agreeing frames unless a single one is overwhelming. A tie is unknown: a wrong name at the door is worse than no name.
/// </summary>
public sealed class MatchPolicy
{
    /// <summary>Two people nearer than this in mean probability are a tie.</summary>
    private const float TieMargin = 0.05f;

    /// <summary>Frames that must agree on a name, or on "nobody we know", before the last frame has come.</summary>
    private const int AgreeingFrames = 2;

    private readonly MatchThresholds _thresholds;
    private readonly string? _unknownLabel;

    /// <summary>Decides by a model's thresholds.</summary>
    public MatchPolicy(ModelManifest manifest)
    {
        _thresholds = manifest.Thresholds;
        _unknownLabel = manifest.UnknownLabel;
    }

    /// <summary>A single frame from this probability on needs no second one: half way from accept to certainty.</summary>
    public float OverwhelmingProbability => (_thresholds.Accept + 1) / 2;

    /// <summary>The answer after the frames so far, as if no more came.</summary>
    /// <param name="votes">One for each frame with a face, in order; at least one.</param>
    public Identification Decide(IReadOnlyList<FaceVote> votes)
    {
        FaceScores mean = FaceScores.Mean([.. votes.Select(vote => (vote.Scores, vote.Weight))]);
        (string label, float probability) = mean.Best();
        int agreeing = votes.Count(vote => vote.Scores.Best().Label == label);
        string count = $"{agreeing} of {votes.Count} frames";
        if (label == _unknownLabel) return new(IdentificationOutcome.Unknown, null, probability, $"{count} are most like a stranger, mean {Text(probability)}.");

        string evidence = $"{count} are most like {label}, mean {Text(probability)}";
        if (probability < _thresholds.Reject)
            return new(IdentificationOutcome.Unknown, null, probability, $"{evidence}, below the reject threshold {Text(_thresholds.Reject)}.");
        float second = Second(mean, label);
        if (probability - second < TieMargin)
            return new(IdentificationOutcome.Unknown, null, probability, $"{evidence}, but another person has {Text(second)}: a tie.");
        if (probability < _thresholds.Accept)
            return new(IdentificationOutcome.Uncertain, label, probability, $"{evidence}, below the accept threshold {Text(_thresholds.Accept)}.");
        if (agreeing < AgreeingFrames && probability < OverwhelmingProbability)
            return new(IdentificationOutcome.Uncertain, label, probability, $"{evidence}; a single frame needs {Text(OverwhelmingProbability)}.");
        return new(IdentificationOutcome.Known, label, probability, $"{evidence}, accepted from {Text(_thresholds.Accept)}.");
    }

    /// <summary>Whether more frames may be spared: the answer so far is Known or Unknown, and enough frames agree on it.</summary>
    public bool IsCertain(IReadOnlyList<FaceVote> votes, Identification soFar)
    {
        if (soFar.Outcome == IdentificationOutcome.Known) return true;
        if (soFar.Outcome == IdentificationOutcome.Uncertain || votes.Count < AgreeingFrames) return false;
        return votes.All(vote => vote.Scores.Best() is var best && (best.Label == _unknownLabel || best.Probability < _thresholds.Reject));
    }

    private float Second(FaceScores mean, string best)
    {
        float second = 0;
        for (int i = 0; i < mean.Labels.Count; i++)
        {
            if (mean.Labels[i] != best && mean.Labels[i] != _unknownLabel) second = MathF.Max(second, mean.Probabilities[i]);
        }
        return second;
    }

    private static string Text(float probability) => probability.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>What one frame says, and how much it counts.</summary>
/// <param name="Scores">The face's scores.</param>
/// <param name="Weight">Above 0; larger and surer faces count more.</param>
public readonly record struct FaceVote(FaceScores Scores, float Weight);
