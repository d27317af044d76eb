using System.Globalization;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Recognition;

/// <summary>How a household's thresholds are made.</summary>
public sealed record ThresholdOptions
{
    /// <summary>
    /// How many standard deviations above the mean stranger the accept threshold lies, 1 to 6: 4 by default. The tail is extrapolated from
    /// all strangers; the most similar one or two of a thousand are a matter of luck, and thresholds set by them differed between people
    /// for no reason.
    /// </summary>
    public float AcceptDeviations { get; init; } = 4;

    /// <summary>The same for the reject threshold, below which a visitor counts as unknown: 2.5 by default.</summary>
    public float RejectDeviations { get; init; } = 2.5f;

    /// <summary>
    /// How many standard deviations above the mean picture of another member it lies at least: 3 by default. These pictures were taken by
    /// the same camera in the same light; where that makes all faces alike, strangers come as near.
    /// </summary>
    public float MemberDeviations { get; init; } = 3;

    /// <summary>Added to what another member's pictures reach: 0.02 by default.</summary>
    public float Margin { get; init; } = 0.02f;
}

/// <summary>Where the decision is made for one person.</summary>
/// <param name="Accept">Score (<see cref="HouseholdThresholds.Score"/>) from which the name is said.</param>
/// <param name="Reject">Score below which the visitor is not taken for this person.</param>
/// <param name="Reason">What set the accept threshold, in words and numbers.</param>
public sealed record PersonThresholds(float Accept, float Reject, string Reason);

/// <summary>
/// Thresholds from the household itself: strangers must not reach anybody's accept threshold, and neither must the other members. The
/// strangers' ceiling is one for all; one for each person was tried and named fewer of the family at as many false alarms
/// (docs/results/recognition.md). Whom another member resembles has a higher threshold than the others, and the others have not: what two
/// members have in common, were it because one person was enrolled twice, says nothing about a third.
/// </summary>
public static class HouseholdThresholds
{
    /// <summary>
    /// How much of the likeness to strangers is taken off: chosen on LFW-15 at 56 pixels, where 0.3 to 1 all did better than 0
    /// (docs/results/recognition.md).
    /// </summary>
    private const float CohortShare = 0.7f;

    /// <summary>From fewer comparisons of members with each other no spread is estimated.</summary>
    private const int FewestMemberScores = 10;

    /// <summary>What decisions are made by: how much more like a person a probe is than it is like strangers.</summary>
    /// <param name="similarity">Cosine to the person's template.</param>
    /// <param name="cohortSimilarity"><see cref="StrangerBank.CohortSimilarity(Embedding)"/>; 0 without a bank, and the score is the cosine
    /// then.</param>
    public static float Score(float similarity, float cohortSimilarity) => similarity - (CohortShare * cohortSimilarity);

    /// <summary>The thresholds of each template, in their order.</summary>
    public static IReadOnlyList<PersonThresholds> Of(IReadOnlyList<PersonTemplate> templates, StrangerBank bank, MatchThresholds start,
        ThresholdOptions options)
    {
        if (bank.Strangers.Count == 0)
            return [.. templates.Select(_ =>
                new PersonThresholds(start.Accept, start.Reject, "by the model's own word, since no strangers are on file"))];
        if (templates.Count == 0) return [];
        (float mean, float deviation) =
            Spread([.. templates.SelectMany(template =>
                bank.Strangers.Select((stranger, i) => Score(template.Center.Similarity(stranger), bank.CohortSimilarities[i])))]);
        float ceiling = mean + (options.AcceptDeviations * deviation), floor = mean + (options.RejectDeviations * deviation);
        MemberScores[][] others = AmongMembers(templates, bank);
        string setBy = "strangers, of whom hardly any is so like anyone enrolled";
        if (OfMembers(others, options) is { } byMembers && byMembers.Accept > ceiling)
        {
            (ceiling, floor) = byMembers;
            setBy = "the others' pictures, which are rather alike";
        }
        return [.. others.Select((ofOne, member) =>
            Of(ofOne.Where((_, other) => other != member).MaxBy(other => other.Mean), ceiling, floor, setBy, options))];
    }

    /// <param name="mostSimilar">The other member who is most similar, by the mean of their pictures; null when there is none.</param>
    /// <param name="ceiling">From here on hardly anybody else comes.</param>
    /// <param name="floor">From here on others are rare.</param>
    /// <param name="setBy">What set the ceiling.</param>
    /// <param name="options">How thresholds are made.</param>
    /// <remarks>
    /// The most similar single picture of another member says less than it seems: it is more similar still to its own person, and where it
    /// set the threshold one visitor in twenty more went without a name, and no wrong one was spared.
    /// </remarks>
    private static PersonThresholds Of(MemberScores? mostSimilar, float ceiling, float floor, string setBy, ThresholdOptions options)
    {
        if (mostSimilar is null || ceiling >= mostSimilar.Mean + options.Margin)
            return new PersonThresholds(ceiling, MathF.Min(floor, ceiling), $"set by {setBy}");
        float accept = mostSimilar.Mean + options.Margin;
        return new PersonThresholds(accept, MathF.Min(floor, accept),
            $"set by {mostSimilar.Name}, whose pictures reach {Text(mostSimilar.Mean)} in the mean");
    }

    private static (float Mean, float Deviation) Spread(float[] scores)
    {
        float mean = scores.Average();
        return (mean, MathF.Sqrt(scores.Average(score => (score - mean) * (score - mean))));
    }

    /// <summary>For each member (row), what the pictures of each (column) reach, its own too.</summary>
    private static MemberScores[][] AmongMembers(IReadOnlyList<PersonTemplate> templates, StrangerBank bank)
    {
        (string Name, (Embedding Embedding, float Cohort)[] Pictures)[] members =
            [.. templates.Select(template =>
                (template.Person.Name,
                    template.Used.Select(sample => (sample.Embedding, bank.CohortSimilarity(sample.Embedding))).ToArray()))];
        return [.. templates.Select(one => members
            .Select(other =>
                new MemberScores(other.Name,
                    [.. other.Pictures.Select(picture => Score(one.Center.Similarity(picture.Embedding), picture.Cohort))]))
            .ToArray())];
    }

    /// <summary>
    /// What hardly any picture of one member reaches for another, and where such pictures begin to be rare; null where there are too few to
    /// tell. Two who are nearer to being one person than to being the two least alike, twins or one person enrolled twice, do not count:
    /// their likeness comes from no light, and raises their own thresholds and nobody else's.
    /// </summary>
    private static (float Accept, float Reject)? OfMembers(MemberScores[][] scores, ThresholdOptions options)
    {
        (int One, int Other)[] pairs =
            [.. Enumerable.Range(0, scores.Length).SelectMany(one => Enumerable.Range(0, one).Select(other => (one, other)))];
        if (pairs.Length == 0) return null;
        float Likeness((int One, int Other) pair) => (scores[pair.One][pair.Other].Mean + scores[pair.Other][pair.One].Mean) / 2;
        float least = pairs.Min(Likeness);
        bool AreTwins((int One, int Other) pair) =>
            Likeness(pair) > (MathF.Min(scores[pair.One][pair.One].Mean, scores[pair.Other][pair.Other].Mean) + least) / 2;
        float[] all =
            [.. pairs.Where(pair => !AreTwins(pair))
                .SelectMany(pair => scores[pair.One][pair.Other].Scores.Concat(scores[pair.Other][pair.One].Scores))];
        if (all.Length < FewestMemberScores) return null;
        (float mean, float deviation) = Spread(all);
        float accept = options.MemberDeviations * deviation;
        return (mean + accept, mean + (accept * options.RejectDeviations / options.AcceptDeviations));
    }

    private static string Text(float score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>What one member's pictures reach for another.</summary>
    private sealed record MemberScores(string Name, float[] Scores)
    {
        public float Mean { get; } = Scores.Average();
    }
}
