namespace DoorbellFace.Core.Statistics;

/// <summary>A measured rate with its 95 % interval. Pure.</summary>
/// <param name="Value">Events per trial, 0 or more.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct Rate(double Value, double Low, double High)
{
    /// <summary>The normal distribution's 97.5 % point.</summary>
    private const double Z = 1.959964;

    /// <summary>Student's 97.5 % points for 1, 2, ... degrees of freedom; beyond them the normal distribution's is near enough.</summary>
    private static readonly double[] StudentPoints = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

    /// <summary>Successes among trials: Wilson's score interval (1927). Of no trials nothing is known: 0 to 1.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more.</param>
    public static Rate OfSuccesses(int successes, int trials)
    {
        if (trials == 0) return new Rate(0, 0, 1);
        double p = (double)successes / trials, spread = Z * Z / trials, center = (p + (spread / 2)) / (1 + spread);
        double half = Math.Sqrt((p * (1 - p) * spread) + (spread * spread / 4)) / (1 + spread);
        return new Rate(p, Math.Max(0, center - half), Math.Min(1, center + half));
    }

    /// <summary>Events per trial, of which there may be several in one: the score interval of a Poisson count.</summary>
    /// <param name="events">0 or more.</param>
    /// <param name="trials">0 or more.</param>
    public static Rate OfEvents(int events, int trials)
    {
        if (trials == 0) return new Rate(0, 0, double.PositiveInfinity);
        double center = events + (Z * Z / 2), half = Z * Math.Sqrt(events + (Z * Z / 4));
        return new Rate((double)events / trials, Math.Max(0, center - half) / trials, (center + half) / trials);
    }

    /// <summary>
    /// Successes that were counted several times over, each time with as many trials: the mean, and of Student's interval over the repeats
    /// and Wilson's over all trials the wider one. Three repeats that happen to be alike do not make a rate certain.
    /// </summary>
    /// <param name="repeats">Two or more.</param>
    public static Rate OfRepeats(IReadOnlyList<(int Successes, int Trials)> repeats)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats.Count, 2);
        double[] values = [.. repeats.Select(repeat => OfSuccesses(repeat.Successes, repeat.Trials).Value)];
        double mean = values.Average(), variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        double point = values.Length - 2 < StudentPoints.Length ? StudentPoints[values.Length - 2] : Z;
        double half = point * Math.Sqrt(variance / values.Length);
        Rate all = OfSuccesses(repeats.Sum(repeat => repeat.Successes), repeats.Sum(repeat => repeat.Trials));
        return new Rate(mean, Math.Max(0, Math.Min(mean - half, all.Low)), Math.Min(1, Math.Max(mean + half, all.High)));
    }
}
