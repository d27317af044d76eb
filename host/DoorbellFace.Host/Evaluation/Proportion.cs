namespace DoorbellFace.Host.Evaluation;

/// <summary>A share of counted cases.</summary>
/// <param name="Hits">Cases that count.</param>
/// <param name="Of">All cases.</param>
internal readonly record struct Proportion(int Hits, int Of)
{
    private const double Z = 1.959964;

    /// <summary>0 to 1; 0 when there are no cases.</summary>
    public double Rate => Of == 0 ? 0 : (double)Hits / Of;

    /// <summary>95 % confidence interval by Wilson (1927), which also holds for rates near 0 and 1.</summary>
    public double[] Interval
    {
        get
        {
            if (Of == 0) return [0, 1];
            double n = Of, denominator = 1 + (Z * Z / n);
            double middle = (Rate + (Z * Z / (2 * n))) / denominator;
            double half = Z * Math.Sqrt((Rate * (1 - Rate) / n) + (Z * Z / (4 * n * n))) / denominator;
            return [Math.Max(0, middle - half), Math.Min(1, middle + half)];
        }
    }
}
