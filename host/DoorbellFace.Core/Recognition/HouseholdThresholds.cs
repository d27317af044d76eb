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

    /// <summary>Added to what a picture of another member reaches: 0.02 by default, in cosine.</summary>
    public float Margin { get; init; } = 0.02f;
}

/// <summary>Where the decision is made for one person.</summary>
/// <param name="Accept">Cosine from which the name is said.</param>
/// <param name="Reject">Cosine below which the visitor is not taken for this person.</param>
/// <param name="Reason">What set the accept threshold, in words and numbers.</param>
public sealed record PersonThresholds(float Accept, float Reject, string Reason);

/// <summary>
/// Thresholds from the household itself: strangers must not reach a person's accept threshold, and neither must the other members. Each person has
/// their own, since some faces are more like everybody's than others: with one threshold for all, nearly all false alarms come from a single person.
/// </summary>
public static class HouseholdThresholds
{
    /// <summary>The thresholds of each template, in their order.</summary>
    public static IReadOnlyList<PersonThresholds> Of(IReadOnlyList<PersonTemplate> templates, StrangerBank bank, MatchThresholds start, ThresholdOptions options) =>
        [.. templates.Select(template => Of(template, templates, bank, start, options))];

    private static PersonThresholds Of(PersonTemplate template, IReadOnlyList<PersonTemplate> all, StrangerBank bank, MatchThresholds start, ThresholdOptions options)
    {
        if (bank.Strangers.Count == 0) return new PersonThresholds(start.Accept, start.Reject, "There is no stranger bank, so the model's own thresholds hold.");
        (float mean, float deviation) = Spread(bank.SimilaritiesTo(template.Center));
        float ceiling = mean + (options.AcceptDeviations * deviation);
        (float cross, string? other) = HighestOther(template, all);
        bool isSetByStrangers = ceiling >= cross + options.Margin;
        float accept = isSetByStrangers ? ceiling : cross + options.Margin;
        float reject = MathF.Min(mean + (options.RejectDeviations * deviation), accept);
        string reason = isSetByStrangers
            ? $"set by strangers, of whom hardly any is so like {template.Person.Name}"
            : $"set by {other}, of whom a picture reaches {Text(cross)}";
        return new PersonThresholds(accept, reject, reason);
    }

    private static (float Mean, float Deviation) Spread(float[] similarities)
    {
        float mean = similarities.Average();
        return (mean, MathF.Sqrt(similarities.Average(similarity => (similarity - mean) * (similarity - mean))));
    }

    /// <summary>How like this person the likest picture of another member is.</summary>
    private static (float Similarity, string? Name) HighestOther(PersonTemplate template, IReadOnlyList<PersonTemplate> all)
    {
        float highest = -1;
        string? name = null;
        foreach (PersonTemplate other in all.Where(other => other.Person.Id != template.Person.Id))
        {
            foreach (FaceSample sample in other.Used)
            {
                float similarity = template.Center.Similarity(sample.Embedding);
                if (similarity <= highest) continue;
                highest = similarity;
                name = other.Person.Name;
            }
        }
        return (highest, name);
    }

    private static string Text(float similarity) => similarity.ToString("0.00", CultureInfo.InvariantCulture);
}
