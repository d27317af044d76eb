using System.Globalization;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Recognition;

/// <summary>What a classifier that was trained on the family says to a name that the gallery came to.</summary>
public enum OpinionOnName
{
    /// <summary>Nothing: it is not sure, or the name is none of those that it was trained with.</summary>
    None,

    /// <summary>It is sure of the same name.</summary>
    Agrees,

    /// <summary>It is sure of another one, or that this is a stranger.</summary>
    Disagrees,
}

/// <summary>
/// The classifier of a backbone that was fine-tuned on the family, as a second opinion. It chooses among those it knows and is sure of one
/// of them easily, so it never makes a name by itself: where it agrees, a visitor who is perhaps Anna is Anna; where it disagrees, Anna is
/// perhaps Anna. What the gallery takes for nobody stays nobody. Immutable.
/// </summary>
public sealed class SecondOpinion
{
    private readonly MatchThresholds _thresholds;
    private readonly HashSet<string> _names;

    private SecondOpinion(ModelManifest manifest, MatchThresholds thresholds)
    {
        _thresholds = thresholds;
        _names = [.. manifest.Labels.Where(label => label != manifest.UnknownLabel)];
    }

    /// <summary>The model's classifier; null where the model has none.</summary>
    public static SecondOpinion? Of(ModelManifest manifest) =>
        manifest.LogitsThresholds is { } thresholds ? new SecondOpinion(manifest, thresholds) : null;

    /// <summary>What it says to a name.</summary>
    /// <param name="name">The gallery's.</param>
    /// <param name="votes">The frames; those without scores say nothing.</param>
    /// <returns>The opinion, and the probability behind it: of the name where it agrees, of what it holds instead where it
    /// disagrees.</returns>
    public (OpinionOnName Opinion, float Probability) On(string name, IReadOnlyList<FaceVote> votes)
    {
        (FaceScores Scores, float Weight)[] scored =
            [.. votes.Where(vote => vote.Scores is not null).Select(vote => (vote.Scores!, vote.Weight))];
        // Who was enrolled after the training is, to the classifier, one of the others or a stranger.
        if (scored.Length == 0 || !_names.Contains(name)) return (OpinionOnName.None, 0);
        (string label, float probability) = FaceScores.Mean(scored).Best();
        if (probability < _thresholds.Accept) return (OpinionOnName.None, probability);
        return (label == name ? OpinionOnName.Agrees : OpinionOnName.Disagrees, probability);
    }

    /// <summary>The gallery's answer, weighed.</summary>
    /// <param name="answer">What the gallery says.</param>
    /// <param name="votes">The frames.</param>
    /// <param name="agreeingFrames">So many frames must agree by themselves before a doubt is lifted.</param>
    public Identification Weigh(Identification answer, IReadOnlyList<FaceVote> votes, int agreeingFrames)
    {
        if (answer.Name is not { } name) return answer;
        (OpinionOnName opinion, float probability) = On(name, votes);
        string Text() => probability.ToString("0.00", CultureInfo.InvariantCulture);
        if (opinion == OpinionOnName.Disagrees && answer.Outcome == IdentificationOutcome.Known)
            return answer with
            {
                Outcome = IdentificationOutcome.Uncertain,
                Reason = $"{answer.Reason} But the network trained on the family is sure, with {Text()}, that it is someone else.",
            };
        bool isLifted = opinion == OpinionOnName.Agrees && answer.Outcome == IdentificationOutcome.Uncertain
            && votes.Count(vote => vote.Scores?.Best().Label == name) >= agreeingFrames;
        return isLifted
            ? answer with
            {
                Outcome = IdentificationOutcome.Known,
                Reason = $"{answer.Reason} The network trained on the family is sure of {name}, too, with {Text()}, so the name is said.",
            }
            : answer;
    }
}
