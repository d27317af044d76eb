namespace DoorbellFace.Measuring;

/// <summary>
/// How many of the family get their right name when all thresholds are moved together until a given part of the strangers' photos gets one.
/// What has no face counts among the photos and never gets a name.
/// </summary>
public static class DetCurve
{
    /// <summary>Parts of the strangers' photos at which a curve is given.</summary>
    public static IReadOnlyList<double> Fpirs { get; } = [0.001, 0.003, 0.01, 0.03, 0.1];

    /// <summary>The rate of right names at one part.</summary>
    /// <param name="right">For each photo of the family how far it lies above the threshold of its own name; minus infinity where another
    /// one is likelier, or no face was found.</param>
    /// <param name="strangers">For each photo of a stranger how far it lies above the threshold of the most similar; minus infinity without
    /// a face.</param>
    /// <param name="fpir">Part of the strangers' photos that may get a name, 0 to 1.</param>
    public static double At(IReadOnlyCollection<float> right, IReadOnlyCollection<float> strangers, double fpir)
    {
        if (right.Count == 0) return 0;
        float[] highest = [.. strangers];
        Array.Sort(highest);
        // With a hundred photos one may get a name; rounding must not make it none.
        int allowed = (int)((fpir * strangers.Count) + 1e-9);
        float threshold = allowed < highest.Length ? highest[^(allowed + 1)] : float.NegativeInfinity;
        return right.Count(surplus => surplus > threshold) / (double)right.Count;
    }
}

/// <summary>A point of such a curve.</summary>
/// <param name="Fpir">Part of the strangers' photos that get a name.</param>
/// <param name="Tpir">Part of the family's photos that get their right one.</param>
public sealed record DetPoint(double Fpir, double Tpir);
