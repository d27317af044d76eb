namespace DoorbellFace.Host.Evaluation;

/// <summary>A measured rate with its 95 % interval.</summary>
/// <param name="Value">Events per trial.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
internal readonly record struct Rate(double Value, double Low, double High)
{
    /// <summary>The normal distribution's 97.5 % point.</summary>
    private const double Z = 1.959964;

    /// <summary>Successes among trials: Wilson's score interval (1927).</summary>
    public static Rate OfSuccesses(int successes, int trials)
    {
        if (trials == 0) return new Rate(0, 0, 1);
        double p = (double)successes / trials, spread = Z * Z / trials, center = (p + (spread / 2)) / (1 + spread);
        double half = Math.Sqrt((p * (1 - p) * spread) + (spread * spread / 4)) / (1 + spread);
        return new Rate(p, Math.Max(0, center - half), Math.Min(1, center + half));
    }

    /// <summary>Events per trial, of which there may be several in one: the score interval of a Poisson count.</summary>
    public static Rate OfEvents(int events, int trials)
    {
        if (trials == 0) return new Rate(0, 0, double.PositiveInfinity);
        double center = events + (Z * Z / 2), half = Z * Math.Sqrt(events + (Z * Z / 4));
        return new Rate((double)events / trials, Math.Max(0, center - half) / trials, (center + half) / trials);
    }
}
