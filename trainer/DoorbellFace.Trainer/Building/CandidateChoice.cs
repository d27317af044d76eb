using System.Globalization;

namespace DoorbellFace.Trainer.Building;

/// <summary>
/// Chooses among candidates. A few validation crops tell two good models apart badly, so whoever lies within the best one's 95 % interval
/// counts as equally good; of those, one that knows strangers comes before one that does not (a wrong name at the door is worse than no
/// name), then the one that was there first, the backbone that knows thousands of faces, unless another is twice as fast.
/// </summary>
internal static class CandidateChoice
{
    private const double MuchFaster = 2;

    /// <summary>The one to install.</summary>
    /// <param name="candidates">The plain backbone first; at least one.</param>
    public static ModelCandidate Of(IReadOnlyList<ModelCandidate> candidates)
    {
        ModelCandidate best = candidates.MaxBy(candidate => candidate.Validation.Value)!;
        ModelCandidate[] equals = [.. candidates.Where(candidate => candidate.Validation.Value >= best.Validation.Low)];
        if (Array.Exists(equals, candidate => candidate.KnowsStrangers)) equals = [.. equals.Where(candidate => candidate.KnowsStrangers)];
        ModelCandidate fastest = equals.MinBy(candidate => candidate.Milliseconds)!;
        return fastest.Milliseconds * MuchFaster <= equals[0].Milliseconds ? fastest : equals[0];
    }

    /// <summary>The choice in three sentences: what was chosen, what it was measured against, and why it and not the others.</summary>
    public static string Explain(IReadOnlyList<ModelCandidate> candidates, ModelCandidate chosen)
    {
        static string Percent(double rate) => rate.ToString("0.0 %", CultureInfo.InvariantCulture);
        static string Time(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";
        string others =
            string.Join(" and ",
                candidates.Where(candidate => candidate != chosen)
                .Select(candidate => $"{candidate.Name} ({Percent(candidate.Validation.Value)}, {Time(candidate.Milliseconds)})"));
        ModelCandidate best = candidates.MaxBy(candidate => candidate.Validation.Value)!;
        string why = best == chosen
            ? "No other candidate got more of them right."
            : chosen.Validation.Value >= best.Validation.Low && (chosen.KnowsStrangers && !best.KnowsStrangers)
                ? $"So few pictures do not show that {best.Name} is better, and of the chosen one it is known how like the family "
                    + "strangers come."
                : $"So few pictures do not show that {best.Name} is better, and the chosen one "
                    + (chosen.Milliseconds * MuchFaster <= best.Milliseconds
                        ? "is much faster."
                        : "has learnt from many more faces than the family's.");
        return $"Of the pictures kept for choosing, {chosen.Name} put the right person first in {Percent(chosen.Validation.Value)} (95 %: "
            + $"{Percent(chosen.Validation.Low)} to {Percent(chosen.Validation.High)}), and takes {Time(chosen.Milliseconds)} a face. "
            + (others.Length > 0 ? $"Beside it stood {others}. " : "There was no time for another candidate. ")
            + why;
    }
}
