namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// The bell's own sound, made by arithmetic: a higher and a lower tone (E5 and C5, a major third, the interval of the usual two-tone door
/// chime), each a struck bar: a few partials of which the higher ones die away sooner.
/// </summary>
public static class Chime
{
    /// <summary>How long it sounds.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.15);

    /// <summary>When the second tone begins.</summary>
    public static readonly TimeSpan SecondTone = TimeSpan.FromSeconds(0.42);

    /// <summary>The higher tone, in hertz.</summary>
    public const double HighTone = 659.26;

    /// <summary>The lower tone, in hertz.</summary>
    public const double LowTone = 523.25;

    /// <summary>Peak of the whole at 100 percent, of 32767; leaves room for 140 percent.</summary>
    private const double Peak = 0.7;

    /// <summary>
    /// Frequency as a multiple of the tone, loudness, and the time in which it falls to 1/e, in seconds. The short-lived high ones are the
    /// stroke, the low ones the ring.
    /// </summary>
    private static readonly (double Multiple, double Loudness, double Decay)[] Partials =
        [(1, 1, 0.34), (2, 0.38, 0.22), (3, 0.16, 0.13), (4.2, 0.10, 0.07), (5.4, 0.06, 0.04)];

    /// <summary>Makes the sound.</summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="volumePercent">Loudness, 0 to 200; above 140 it does not get louder.</param>
    public static PcmClip Render(int sampleRate, int volumePercent = 100)
    {
        var sound = new double[(int)(Duration.TotalSeconds * sampleRate)];
        Strike(sound, sampleRate, HighTone, TimeSpan.Zero);
        Strike(sound, sampleRate, LowTone, SecondTone);
        FadeOut(sound, sampleRate);

        double loudest = sound.Max(Math.Abs);
        double scale = Peak * Math.Clamp(volumePercent, 0, 140) / 100 * short.MaxValue / loudest;
        return new PcmClip(Array.ConvertAll(sound, value => (short)Math.Round(value * scale)), sampleRate);
    }

    private static void Strike(double[] sound, int sampleRate, double tone, TimeSpan at)
    {
        const double attackSeconds = 0.004;
        int first = (int)(at.TotalSeconds * sampleRate);
        for (int i = first; i < sound.Length; i++)
        {
            double seconds = (double)(i - first) / sampleRate;
            double value = 0;
            foreach (var (multiple, loudness, decay) in Partials)
                value += loudness * Math.Exp(-seconds / decay) * Math.Sin(2 * Math.PI * tone * multiple * seconds);
            sound[i] += value * Math.Min(1, seconds / attackSeconds);
        }
    }

    /// <summary>The last tenth of a second falls to nothing, so that the end is no click.</summary>
    private static void FadeOut(double[] sound, int sampleRate)
    {
        int length = sampleRate / 10;
        for (int i = 0; i < length; i++) sound[sound.Length - 1 - i] *= (double)i / length;
    }
}
