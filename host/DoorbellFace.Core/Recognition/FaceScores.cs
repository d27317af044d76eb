namespace DoorbellFace.Core.Recognition;

/// <summary>What one face's picture says: a probability for each label of the model.</summary>
public sealed class FaceScores
{
    private FaceScores(IReadOnlyList<string> labels, float[] probabilities)
    {
        Labels = labels;
        Probabilities = probabilities;
    }

    /// <summary>Labels in class order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Probability of each label, 0 to 1, together 1.</summary>
    public IReadOnlyList<float> Probabilities { get; }

    /// <summary>Softmax of a network's logits.</summary>
    /// <param name="labels">Labels in class order.</param>
    /// <param name="logits">As many finite numbers.</param>
    /// <exception cref="ArgumentException">The counts differ or a logit is not finite.</exception>
    public static FaceScores FromLogits(IReadOnlyList<string> labels, ReadOnlySpan<float> logits)
    {
        if (labels.Count != logits.Length)
            throw new ArgumentException($"{logits.Length} logits for {labels.Count} labels.", nameof(logits));
        var probabilities = new float[logits.Length];
        float highest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            if (!float.IsFinite(logit)) throw new ArgumentException($"A logit is {logit}.", nameof(logits));
            highest = MathF.Max(highest, logit);
        }
        float sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = MathF.Exp(logits[i] - highest);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
        return new FaceScores(labels, probabilities);
    }

    /// <summary>The weighted mean of several faces' scores.</summary>
    /// <param name="weighted">Scores over the same labels, each with a weight above 0; at least one.</param>
    public static FaceScores Mean(IReadOnlyList<(FaceScores Scores, float Weight)> weighted)
    {
        var mean = new float[weighted[0].Scores.Probabilities.Count];
        float total = weighted.Sum(item => item.Weight);
        foreach ((FaceScores scores, float weight) in weighted)
        {
            for (int i = 0; i < mean.Length; i++) mean[i] += scores.Probabilities[i] * weight / total;
        }
        return new FaceScores(weighted[0].Scores.Labels, mean);
    }

    /// <summary>The label with the highest probability, and that probability.</summary>
    public (string Label, float Probability) Best()
    {
        int best = 0;
        for (int i = 1; i < Probabilities.Count; i++)
        {
            if (Probabilities[i] > Probabilities[best]) best = i;
        }
        return (Labels[best], Probabilities[best]);
    }
}
