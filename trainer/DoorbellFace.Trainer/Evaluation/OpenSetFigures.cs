using DoorbellFace.Core.Models;
using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Trainer.Evaluation;

/// <summary>A point of the curve that a threshold runs along.</summary>
/// <param name="Fpir">Part of the strangers that are given a name.</param>
/// <param name="Tpir">Part of the family that is named rightly.</param>
internal readonly record struct OpenSetPoint(double Fpir, double Tpir);

/// <summary>What becomes of strangers, and what it costs the family.</summary>
/// <param name="FamilyCrops">Crops of the family.</param>
/// <param name="StrangerCrops">Crops of strangers.</param>
/// <param name="Tpir">Of the family, those named rightly at the model's own threshold.</param>
/// <param name="Fpir">Of the strangers, those given a name at that threshold.</param>
/// <param name="TpirAtAllowedFpir">Of the family, those named rightly where at most 1 % of the strangers are given a name.</param>
/// <param name="Curve">From the highest threshold to the lowest.</param>
internal sealed record OpenSetFigures(int FamilyCrops, int StrangerCrops, Rate Tpir, Rate Fpir, Rate TpirAtAllowedFpir,
    IReadOnlyList<OpenSetPoint> Curve)
{
    private const double AllowedFpir = 0.01;

    /// <summary>Works them out; the score of a crop is the probability of the likeliest name.</summary>
    public static OpenSetFigures Of(Predictions predictions, int unknownIndex, float temperature, MatchThresholds thresholds)
    {
        (int Truth, int Name, float Score, bool IsNamed)[] answers =
        [
            .. Enumerable.Range(0, predictions.Count).Select(i =>
            {
                (int name, float score) = LikeliestName(predictions.Logits[i], unknownIndex, temperature);
                bool isNamed = predictions.Best(i, temperature).Label != unknownIndex && score >= thresholds.Accept;
                return (predictions.Truth[i], name, score, isNamed);
            }),
        ];
        var family = answers.Where(answer => answer.Truth != unknownIndex).ToArray();
        var strangers = answers.Where(answer => answer.Truth == unknownIndex).ToArray();
        double TpirAbove(float threshold) =>
            family.Count(answer => answer.Name == answer.Truth && answer.Score > threshold) / Math.Max(1.0, family.Length);
        float[] scores = [.. strangers.Select(answer => answer.Score).OrderDescending()];
        float allowed = scores[(int)(AllowedFpir * scores.Length)];
        return new OpenSetFigures(
            family.Length,
            strangers.Length,
            Rate.OfSuccesses(family.Count(answer => answer.IsNamed && answer.Name == answer.Truth), family.Length),
            Rate.OfSuccesses(strangers.Count(answer => answer.IsNamed), strangers.Length),
            Rate.OfSuccesses(family.Count(answer => answer.Name == answer.Truth && answer.Score > allowed), family.Length),
            [.. scores.Select((score, rank) => new OpenSetPoint((double)rank / scores.Length, TpirAbove(score))),
                new OpenSetPoint(1, TpirAbove(0))]);
    }

    private static (int Label, float Probability) LikeliestName(float[] logits, int unknownIndex, float temperature)
    {
        double highest = logits.Max(), total = logits.Sum(logit => Math.Exp((logit - highest) / temperature));
        int best = Enumerable.Range(0, logits.Length).Where(label => label != unknownIndex).MaxBy(label => logits[label]);
        return (best, (float)(Math.Exp((logits[best] - highest) / temperature) / total));
    }
}
