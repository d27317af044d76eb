using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Speech;

/// <summary>A piece of sound: 16-bit samples, one channel. Immutable.</summary>
public sealed class PcmClip
{
    /// <summary>espeak-ng's own sample rate, which everything here uses unless a voice has another.</summary>
    public const int UsualSampleRate = 22050;

    /// <summary>Wraps samples; they are not copied and must not change afterwards.</summary>
    /// <param name="samples">The samples; may be empty.</param>
    /// <param name="sampleRate">Samples a second, 1000 to 192000.</param>
    public PcmClip(ReadOnlyMemory<short> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 192_000);
        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples, -32768 to 32767.</summary>
    public ReadOnlyMemory<short> Samples { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>How long it sounds.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    /// <summary>The samples as sound cards and WAV files want them: low byte first, as all machines with .NET on Linux hold them.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(Samples.Span);

    /// <summary>The same sound between two silences.</summary>
    public PcmClip Between(TimeSpan before, TimeSpan after)
    {
        int lead = SamplesIn(before), tail = SamplesIn(after);
        var padded = new short[lead + Samples.Length + tail];
        Samples.Span.CopyTo(padded.AsSpan(lead));
        return new PcmClip(padded, SampleRate);
    }

    /// <summary>The same sound, softer.</summary>
    /// <param name="percent">0 to 100 percent of its loudness; 100 gives the very same clip.</param>
    public PcmClip At(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (percent == 100) return this;
        ReadOnlySpan<short> source = Samples.Span;
        var softer = new short[source.Length];
        for (int i = 0; i < softer.Length; i++) softer[i] = (short)(source[i] * percent / 100);
        return new PcmClip(softer, SampleRate);
    }

    /// <summary>
    /// The same sound with another sample rate, by linear interpolation: good enough for speech, and only met with unusual voices.
    /// </summary>
    public PcmClip AtRate(int sampleRate)
    {
        if (sampleRate == SampleRate || Samples.IsEmpty) return new PcmClip(Samples, sampleRate);
        ReadOnlySpan<short> source = Samples.Span;
        double step = (double)SampleRate / sampleRate;
        var result = new short[(int)Math.Ceiling(source.Length / step)];
        for (int i = 0; i < result.Length; i++)
        {
            double position = Math.Min(i * step, source.Length - 1);
            int left = (int)position, right = Math.Min(left + 1, source.Length - 1);
            result[i] = (short)Math.Round(source[left] + ((source[right] - source[left]) * (position - left)));
        }
        return new PcmClip(result, sampleRate);
    }

    private int SamplesIn(TimeSpan time) => (int)Math.Round(time.TotalSeconds * SampleRate);
}
