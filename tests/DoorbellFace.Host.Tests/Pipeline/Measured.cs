namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>Times that a test has measured, for docs/results.</summary>
internal static class Measured
{
    /// <summary>The time that this share of all stays at or below; 0 &lt; share &lt;= 1.</summary>
    public static double At(this IReadOnlyCollection<double> milliseconds, double share) =>
        milliseconds.Order().ElementAt((int)Math.Ceiling(share * milliseconds.Count) - 1);
}
