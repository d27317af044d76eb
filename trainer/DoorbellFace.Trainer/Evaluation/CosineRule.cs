using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Trainer.Evaluation;

/// <summary>
/// Chooses from the family's own validation crops the cosines from which a household's thresholds start: no crop may be so like another
/// person's mean. Of strangers this knows little; where there is a stranger bank the household's thresholds come from that.
/// </summary>
internal static class CosineRule
{
    private const float LowestAccept = 0.45f, HighestAccept = 0.9f, Margin = 0.02f, RejectBelowAccept = 0.1f;

    /// <summary>The thresholds.</summary>
    /// <param name="train">Training crops: whose they are, and their embeddings.</param>
    /// <param name="validation">The same of crops that were not learnt from.</param>
    /// <param name="unknownIndex">Class index of the strangers, or -1.</param>
    public static MatchThresholds Choose(IReadOnlyList<(int Label, Embedding Embedding)> train,
        IReadOnlyList<(int Label, Embedding Embedding)> validation, int unknownIndex)
    {
        var means = train.Where(crop => crop.Label != unknownIndex).GroupBy(crop => crop.Label)
            .ToDictionary(person => person.Key, person => Embedding.Mean(person.Select(crop => (crop.Embedding, 1f))));
        float highest = -1;
        foreach ((int label, Embedding embedding) in validation)
        {
            foreach ((int other, Embedding mean) in means)
            {
                if (other != label) highest = MathF.Max(highest, mean.Similarity(embedding));
            }
        }
        float accept = Math.Clamp(highest + Margin, LowestAccept, HighestAccept);
        return new MatchThresholds(accept, accept - RejectBelowAccept);
    }
}
