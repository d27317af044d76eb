using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Trainer.Evaluation;

/// <summary>What a network said of some crops, and what would have been right.</summary>
/// <param name="Logits">For each crop one number for each label.</param>
/// <param name="Truth">For each crop its class index.</param>
internal sealed record Predictions(IReadOnlyList<float[]> Logits, IReadOnlyList<int> Truth)
{
    /// <summary>How many crops.</summary>
    public int Count => Truth.Count;

    /// <summary>Crops whose label came first.</summary>
    public int Right => Enumerable.Range(0, Count).Count(IsRight);

    /// <summary>The same as a part, 0 to 1.</summary>
    public double Accuracy => (double)Right / Math.Max(1, Count);

    /// <summary>Whether a crop's label came first.</summary>
    public bool IsRight(int crop) => Best(crop).Label == Truth[crop];

    /// <summary>Mean negative logarithm of the right label's probability when the logits are divided by a temperature.</summary>
    public double Loss(double temperature = 1)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double highest = Logits[i].Max();
            double total = Logits[i].Sum(logit => Math.Exp((logit - highest) / temperature));
            sum += Math.Log(total) - ((Logits[i][Truth[i]] - highest) / temperature);
        }
        return sum / Math.Max(1, Count);
    }

    /// <summary>The label that came first, and its probability at a temperature.</summary>
    public (int Label, float Probability) Best(int crop, float temperature = 1)
    {
        float[] logits = Logits[crop];
        int best = logits.AsSpan().IndexOf(logits.Max());
        float[] scaled = [.. logits.Select(logit => logit / temperature)];
        return (best, FaceScores.FromLogits([.. logits.Select((_, index) => $"{index}")], scaled).Probabilities[best]);
    }
}
