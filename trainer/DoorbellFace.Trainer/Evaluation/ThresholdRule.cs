using DoorbellFace.Core.Models;


namespace DoorbellFace.Trainer.Evaluation;

/// <summary>
/// Chooses from the validation crops where a name is said, where it is doubted and where the visitor counts as unknown.
/// <para>
/// Accept is the smallest probability at which wrong names (a stranger given a name, or a person another's) are at most 1 % of all
/// validation crops. It is never below 0.6, and never below 0.8 where no strangers took part: then nothing was measured about the people
/// who matter most, and a network that must choose among the family is sure of one of them easily. It is never above 0.99.
/// </para>
/// <para>
/// Reject is the probability below which 1 in 20 of the right names lie, but no lower than half of accept and no higher than four fifths
/// of it, so that there is always room for "perhaps".
/// </para>
/// <para>With fewer than 20 crops the answer is 0.8 and 0.5, since 1 % of them is less than one crop.</para>
/// </summary>
internal static class ThresholdRule
{
    /// <summary>Fewest validation crops that say anything.</summary>
    public const int MinCrops = 20;

    private const double AllowedWrongNames = 0.01, RightNamesGivenUp = 0.05;
    private const float LowestAccept = 0.6f, LowestAcceptWithoutStrangers = 0.8f, HighestAccept = 0.99f;
    private const float LowestRejectShare = 0.5f, HighestRejectShare = 0.8f;

    private static readonly MatchThresholds Fallback = new(0.8f, 0.5f);

    /// <summary>The thresholds for a network.</summary>
    /// <param name="validation">Its logits for the validation crops.</param>
    /// <param name="temperature">What the logits will be divided by.</param>
    /// <param name="unknownIndex">Class index of the strangers, or -1.</param>
    public static MatchThresholds Choose(Predictions validation, float temperature, int unknownIndex)
    {
        if (validation.Count < MinCrops) return Fallback;
        var right = new List<float>();
        var wrong = new List<float>();
        for (int i = 0; i < validation.Count; i++)
        {
            (int label, float probability) = validation.Best(i, temperature);
            if (label != unknownIndex) (label == validation.Truth[i] ? right : wrong).Add(probability);
        }
        float floor = validation.Truth.Contains(unknownIndex) ? LowestAccept : LowestAcceptWithoutStrangers;
        float accept = Math.Clamp(JustAbove(wrong, (int)(AllowedWrongNames * validation.Count)), floor, HighestAccept);
        right.Sort();
        float doubted = right.Count == 0 ? accept : right[(int)(RightNamesGivenUp * right.Count)];
        return new MatchThresholds(accept, Math.Clamp(doubted, LowestRejectShare * accept, HighestRejectShare * accept));
    }

    /// <summary>Counts crops by what the thresholds make of them.</summary>
    /// <returns>Parts of all crops: named rightly, and named wrongly.</returns>
    public static (double Right, double Wrong) Named(Predictions predictions, float temperature, MatchThresholds thresholds,
        int unknownIndex)
    {
        int right = 0, wrong = 0;
        for (int i = 0; i < predictions.Count; i++)
        {
            (int label, float probability) = predictions.Best(i, temperature);
            if (label == unknownIndex || probability < thresholds.Accept) continue;
            if (label == predictions.Truth[i]) right++;
            else wrong++;
        }
        return ((double)right / Math.Max(1, predictions.Count), (double)wrong / Math.Max(1, predictions.Count));
    }

    /// <summary>The smallest number that at most <paramref name="allowed"/> of the values reach.</summary>
    private static float JustAbove(List<float> values, int allowed) =>
        values.Count <= allowed ? 0 : MathF.BitIncrement(values.OrderDescending().ElementAt(allowed));
}
