using System.Globalization;

namespace DoorbellFace.Core.Recognition;

/// <summary>How a household's thresholds are made.</summary>
public sealed record ThresholdOptions
{
    /// <summary>
    /// How many standard deviations above the mean stranger the accept threshold lies, 1 to 6: 4 by default. The tail is extrapolated from all
    /// strangers; the likest one or two of a thousand are a matter of luck, and thresholds set by them differed between people for no reason.
    /// </summary>
    public float AcceptDeviations { get; init; } = 4;

    /// <summary>The same for the reject threshold, below which a visitor counts as unknown: 2.5 by default.</summary>
    public float RejectDeviations { get; init; } = 2.5f;

    /// <summary>
    /// How many standard deviations above the mean picture of another member it lies at least: 3 by default. These pictures were taken by the
    /// same camera in the same light; where that makes all faces alike, strangers come as near.
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
/// Thresholds from the household itself: strangers must not reach anybody's accept threshold, and neither must the other members. The strangers'
/// ceiling is one for all; one for each person was tried and named fewer of the family at as many false alarms (docs/results/recognition.md). Whom
/// another member resembles has a higher threshold than the others.
/// </summary>
public static class HouseholdThresholds
{
    /// <summary>
    /// How much of the likeness to strangers is taken off: chosen on LFW-15 at 56 pixels, where 0.3 to 1 all did better than 0 (docs/results/recognition.md).
    /// </summary>
    private const float CohortShare = 0.7f;

    /// <summary>From fewer comparisons of members with each other no spread is estimated.</summary>
    private const int FewestMemberScores = 10;

    /// <summary>What decisions are made by: how much more like a person a probe is than it is like strangers.</summary>
    /// <param name="similarity">Cosine to the person's template.</param>
    /// <param name="cohortSimilarity"><see cref="StrangerBank.CohortSimilarity(Embedding)"/>; 0 without a bank, and the score is the cosine then.</param>
    public static float Score(float similarity, float cohortSimilarity) => similarity - (CohortShare * cohortSimilarity);

    /// <summary>The thresholds of each template, in their order.</summary>
    public static IReadOnlyList<PersonThresholds> Of(IReadOnlyList<PersonTemplate> templates, StrangerBank bank, MatchThresholds start, ThresholdOptions options)
    {
        if (bank.Strangers.Count == 0) return [.. templates.Select(_ => new PersonThresholds(start.Accept, start.Reject, "There is no stranger bank, so the model's own thresholds hold."))];
        if (templates.Count == 0) return [];
        (float mean, float deviation) = Spread([.. templates.SelectMany(template => bank.Strangers.Select((stranger, i) => Score(template.Center.Similarity(stranger), bank.CohortSimilarities[i])))]);
        float ceiling = mean + (options.AcceptDeviations * deviation), floor = mean + (options.RejectDeviations * deviation);
        (PersonTemplate Template, (Embedding Embedding, float Cohort)[] Samples)[] members =
            [.. templates.Select(template => (template, template.Used.Select(sample => (sample.Embedding, bank.CohortSimilarity(sample.Embedding))).ToArray()))];
        string setBy = "strangers, of whom hardly any is so like anyone enrolled";
        if (OfMembers(members, options) is { } byMembers && byMembers.Accept > ceiling)
        {
            (ceiling, floor) = byMembers;
            setBy = "the others' pictures, which are rather alike";
        }
        return [.. templates.Select(template => Of(HighestOther(template, members), ceiling, floor, setBy, options))];
    }

    private static PersonThresholds Of((float Score, string? Name) other, float ceiling, float floor, string setBy, ThresholdOptions options)
    {
        bool isCeiling = ceiling >= other.Score + options.Margin;
        float accept = isCeiling ? ceiling : other.Score + options.Margin;
        string reason = isCeiling
            ? $"set by {setBy}"
            : $"set by {other.Name}, whose pictures reach {Text(other.Score)} in the mean";
        return new PersonThresholds(accept, MathF.Min(floor, accept), reason);
    }

    private static (float Mean, float Deviation) Spread(float[] scores)
    {
        float mean = scores.Average();
        return (mean, MathF.Sqrt(scores.Average(score => (score - mean) * (score - mean))));
    }

    /// <summary>What hardly any picture of one member reaches for another, and where such pictures begin to be rare; null where there are too few to tell.</summary>
    private static (float Accept, float Reject)? OfMembers((PersonTemplate Template, (Embedding Embedding, float Cohort)[] Samples)[] members, ThresholdOptions options)
    {
        float[] scores =
        [
            .. from one in members
               from other in members
               where other.Template.Person.Id != one.Template.Person.Id
               from sample in other.Samples
               select Score(one.Template.Center.Similarity(sample.Embedding), sample.Cohort),
        ];
        if (scores.Length < FewestMemberScores) return null;
        (float mean, float deviation) = Spread(scores);
        float accept = options.MemberDeviations * deviation;
        return (mean + accept, mean + (accept * options.RejectDeviations / options.AcceptDeviations));
    }

    /// <summary>
    /// What the pictures of the likest other member reach for this person, in the mean. The likest single picture says less than it seems: it is
    /// liker still to its own person, and where it set the threshold one visitor in twenty more went without a name, and no wrong one was spared.
    /// </summary>
    private static (float Score, string? Name) HighestOther(PersonTemplate template, (PersonTemplate Template, (Embedding Embedding, float Cohort)[] Samples)[] members)
    {
        float highest = float.NegativeInfinity;
        string? name = null;
        foreach ((PersonTemplate other, (Embedding Embedding, float Cohort)[] samples) in members)
        {
            if (other.Person.Id == template.Person.Id) continue;
            float score = samples.Average(sample => Score(template.Center.Similarity(sample.Embedding), sample.Cohort));
            if (score <= highest) continue;
            highest = score;
            name = other.Person.Name;
        }
        return (highest, name);
    }

    private static string Text(float score) => score.ToString("0.00", CultureInfo.InvariantCulture);
}
