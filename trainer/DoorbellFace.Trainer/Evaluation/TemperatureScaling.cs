namespace DoorbellFace.Trainer.Evaluation;

/// <summary>
/// Makes probabilities mean what they say: one number divides all logits (Guo et al., On Calibration of Modern Neural Networks, 2017).
/// Which label comes first does not change.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>Fewer crops than this, or none that is wrong, say nothing about how sure the network may be.</summary>
    public const int MinCrops = 20;

    private const double Coldest = 0.5, Hottest = 5;

    /// <summary>The temperature, 0.5 to 5, at which the loss over the validation crops is smallest; 1 where they cannot tell.</summary>
    public static float Fit(Predictions validation)
    {
        if (validation.Count < MinCrops || validation.Right == validation.Count) return 1;
        // Golden-section search over the logarithm: the loss has a single minimum in the inverse temperature, in which it is convex.
        double ratio = (Math.Sqrt(5) - 1) / 2;
        double low = Math.Log(Coldest), high = Math.Log(Hottest);
        while (high - low > 1e-4)
        {
            double left = high - (ratio * (high - low)), right = low + (ratio * (high - low));
            if (validation.Loss(Math.Exp(left)) < validation.Loss(Math.Exp(right))) high = right;
            else low = left;
        }
        return (float)Math.Exp((low + high) / 2);
    }
}
