namespace DoorbellFace.Core.Statistics;

/// <summary>
/// Whether one of two ways is better, of which each was tried on the same things (McNemar's test in its exact form, 1947). What both do
/// right or both do wrong says nothing about that; where only one is right it would be either with the same chance if they were equally
/// good.
/// </summary>
public static class SignTest
{
    /// <summary>Chance of a difference as large as this one or larger between ways that are equally good.</summary>
    /// <param name="onlyOne">Things that only the one did right, 0 or more.</param>
    /// <param name="onlyOther">Things that only the other did right, 0 or more.</param>
    /// <returns>Above 0, up to 1; below 0.05 the difference is usually believed.</returns>
    public static double Chance(int onlyOne, int onlyOther)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(onlyOne, onlyOther));
        int things = onlyOne + onlyOther;
        double logarithm = things * Math.Log(0.5), tail = 0;
        for (int i = 0; i <= Math.Min(onlyOne, onlyOther); i++)
        {
            tail += Math.Exp(logarithm);
            logarithm += Math.Log((double)(things - i) / (i + 1));
        }
        return Math.Min(1, 2 * tail);
    }
}
