using System.Globalization;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Classification;

/// <summary>
/// Decides by the probabilities of a network that was trained on the family. The frames vote: their scores are averaged, weighted by
/// quality, and a name needs two agreeing frames unless a single one is overwhelming. A tie is unknown: a wrong name at the door is worse
/// than no name.
/// </summary>
public sealed class MatchPolicy : IMatchPolicy
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

    /// <inheritdoc/>
    public Identification Decide(IReadOnlyList<FaceVote> votes)
    {
        FaceScores mean = FaceScores.Mean([.. votes.Select(vote => (ScoresOf(vote), vote.Weight))]);
        (string label, float probability) = mean.Best();
        int agreeing = votes.Count(vote => ScoresOf(vote).Best().Label == label);
        string count = $"{agreeing} of {votes.Count} frames";
        if (label == _unknownLabel)
            return new(IdentificationOutcome.Unknown, null, FiguresOf(probability),
                $"{count} are most like a stranger, mean {Text(probability)}.");

        string evidence = $"{count} are most like {label}, mean {Text(probability)}";
        if (probability < _thresholds.Reject)
            return new(IdentificationOutcome.Unknown, null, FiguresOf(probability),
                $"{evidence}, below the reject threshold {Text(_thresholds.Reject)}.");
        float second = Second(mean, label);
        if (probability - second < TieMargin)
            return new(IdentificationOutcome.Unknown, null, FiguresOf(probability),
                $"{evidence}, but another person has {Text(second)}: a tie.");
        if (probability < _thresholds.Accept)
            return new(IdentificationOutcome.Uncertain, label, FiguresOf(probability),
                $"{evidence}, below the accept threshold {Text(_thresholds.Accept)}.");
        if (agreeing < AgreeingFrames && probability < OverwhelmingProbability)
            return new(IdentificationOutcome.Uncertain, label, FiguresOf(probability),
                $"{evidence}; a single frame needs {Text(OverwhelmingProbability)}.");
        return new(IdentificationOutcome.Known, label, FiguresOf(probability), $"{evidence}, accepted from {Text(_thresholds.Accept)}.");
    }

    /// <inheritdoc/>
    public bool IsCertain(IReadOnlyList<FaceVote> votes, Identification soFar)
    {
        if (soFar.Outcome == IdentificationOutcome.Known) return true;
        if (soFar.Outcome == IdentificationOutcome.Uncertain || votes.Count < AgreeingFrames) return false;
        return votes.All(vote =>
            ScoresOf(vote).Best() is var best && (best.Label == _unknownLabel || best.Probability < _thresholds.Reject));
    }

    private MatchFigures FiguresOf(float probability) => new()
    {
        Probability = probability, Accept = _thresholds.Accept, Reject = _thresholds.Reject,
    };

    private float Second(FaceScores mean, string best)
    {
        float second = 0;
        for (int i = 0; i < mean.Labels.Count; i++)
        {
            if (mean.Labels[i] != best && mean.Labels[i] != _unknownLabel) second = MathF.Max(second, mean.Probabilities[i]);
        }
        return second;
    }

    private static FaceScores ScoresOf(FaceVote vote) =>
        vote.Scores
            ?? throw new ArgumentException("A vote of a model without labels came to a policy that decides by labels.", nameof(vote));

    private static string Text(float probability) => probability.ToString("0.00", CultureInfo.InvariantCulture);
}
