using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

public class PcmClipTests
{
    [Fact]
    public void Knows_how_long_it_sounds() =>
        Assert.Equal(TimeSpan.FromSeconds(0.5), new PcmClip(new short[8000], 16000).Duration);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(192_001)]
    public void Refuses_impossible_sample_rates(int sampleRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcmClip(default, sampleRate));

    [Fact]
    public void Bytes_are_low_byte_first() =>
        Assert.Equal([0x34, 0x12, 0xFF, 0xFF], new PcmClip(new short[] { 0x1234, -1 }, 16000).Bytes.ToArray());

    [Theory]
    [InlineData(16000, 22050)]
    [InlineData(44100, 22050)]
    [InlineData(22050, 22050)]
    public void Another_rate_keeps_tone_and_duration(int from, int to)
    {
        short[] tone = [.. Enumerable.Range(0, from).Select(i => (short)(20000 * Math.Sin(2 * Math.PI * 440 * i / from)))];

        PcmClip clip = new PcmClip(tone, from).AtRate(to);

        Assert.Equal(to, clip.SampleRate);
        Assert.Equal(1, clip.Duration.TotalSeconds, 0.001);
        Assert.True(Loudness.At(440, clip.Samples.Span, to) > 100 * Loudness.At(660, clip.Samples.Span, to));
        Assert.Equal(20000, clip.Samples.ToArray().Max(), 200d);
    }

    [Fact]
    public void Silence_has_any_rate() => Assert.True(new PcmClip(default, 16000).AtRate(22050).Samples.IsEmpty);
}
