namespace DoorbellFace.Core.Recognition;

/// <summary>
/// The numbers behind an answer. Which of them there are depends on what decided: likeness to the people enrolled, or a classifier.
/// </summary>
public sealed record MatchFigures
{
    /// <summary>
    /// Cosine between what the frames show together and the most similar person, -1 to 1; higher is more alike. Null when a classifier
    /// decided. It decides nothing by itself.
    /// </summary>
    public float? Similarity { get; init; }

    /// <summary>
    /// The decision score (<see cref="HouseholdThresholds.Score"/>): the similarity less a share of the likeness to strangers, about -1 to
    /// 1. This is what is compared with the thresholds. Null when a classifier decided.
    /// </summary>
    public float? Score { get; init; }

    /// <summary>The score, or with a classifier the probability, from which the name is said; null when nobody is enrolled.</summary>
    public float? Accept { get; init; }

    /// <summary>
    /// The score, or with a classifier the probability, below which the visitor is unknown; null when nobody is enrolled.
    /// </summary>
    public float? Reject { get; init; }

    /// <summary>A classifier's probability of its first choice, 0 to 1; null when likeness decided: a cosine is no probability.</summary>
    public float? Probability { get; init; }

    /// <summary>For an answer without any comparison.</summary>
    public static MatchFigures None { get; } = new();
}
