namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>Measures sound.</summary>
internal static class Loudness
{
    /// <summary>Root of the mean square, of 32767.</summary>
    public static double Of(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (short sample in samples) sum += (double)sample * sample;
        return Math.Sqrt(sum / Math.Max(1, samples.Length));
    }

    /// <summary>How much of one frequency is in it (Goertzel's algorithm), as an amplitude.</summary>
    public static double At(double hertz, ReadOnlySpan<short> samples, int sampleRate)
    {
        double coefficient = 2 * Math.Cos(2 * Math.PI * hertz / sampleRate), last = 0, beforeLast = 0;
        foreach (short sample in samples) (last, beforeLast) = (sample + (coefficient * last) - beforeLast, last);
        double power = (last * last) + (beforeLast * beforeLast) - (coefficient * last * beforeLast);
        return 2 * Math.Sqrt(Math.Max(0, power)) / samples.Length;
    }
}
