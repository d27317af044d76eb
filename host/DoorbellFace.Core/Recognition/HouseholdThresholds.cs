using System.Globalization;

namespace DoorbellFace.Core.Recognition;

/// <summary>How a household's thresholds are made.</summary>
public sealed record ThresholdOptions
{
    /// <summary>
    /// Part of the stranger bank that may reach a person's accept threshold before the margin is added, 0 to 0.1: 0.002 by default, so that with a
    /// bank of a thousand the third-likest stranger sets it; the very likest is a matter of luck.
    /// </summary>
    public float StrangerShare { get; init; } = 0.002f;

    /// <summary>Added to what strangers and other members reach: 0.02 by default, in cosine. Higher asks for more likeness before a name is said.</summary>
    public float Margin { get; init; } = 0.02f;

    /// <summary>Part of the stranger bank that may reach the reject threshold, below which a visitor counts as unknown: 0.02 by default.</summary>
    public float RejectShare { get; init; } = 0.02f;
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
        float[] strangers = bank.SimilaritiesTo(template.Center);
        float ceiling = strangers[(int)(options.StrangerShare * strangers.Length)];
        (float cross, string? other) = HighestOther(template, all);
        float accept = MathF.Max(ceiling, cross) + options.Margin;
        float reject = MathF.Min(strangers[(int)(options.RejectShare * strangers.Length)], accept);
        string reason = cross > ceiling
            ? $"set by {other}, of whom a picture reaches {Text(cross)}"
            : $"set by strangers, of whom one in {Math.Round(1 / options.StrangerShare)} reaches {Text(ceiling)}";
        return new PersonThresholds(accept, reject, reason);
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
