namespace DoorbellFace.Trainer.Graphs;

/// <summary>The smallest and the largest value that an activation took over the calibration crops.</summary>
/// <param name="Lowest">Smallest value.</param>
/// <param name="Highest">Largest value; at least <paramref name="Lowest"/>.</param>
internal readonly record struct ActivationRange(float Lowest, float Highest)
{
    /// <summary>A range without any value yet.</summary>
    public static ActivationRange Empty => new(float.PositiveInfinity, float.NegativeInfinity);

    /// <summary>This range, widened to hold <paramref name="values"/>.</summary>
    public ActivationRange Including(ReadOnlySpan<float> values)
    {
        float lowest = Lowest, highest = Highest;
        foreach (float value in values)
        {
            lowest = MathF.Min(lowest, value);
            highest = MathF.Max(highest, value);
        }
        return new ActivationRange(lowest, highest);
    }
}
