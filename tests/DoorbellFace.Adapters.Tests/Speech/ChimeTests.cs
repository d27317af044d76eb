using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

public class ChimeTests
{
    private static readonly PcmClip Bell = Chime.Render(PcmClip.UsualSampleRate);

    [Fact]
    public void Begins_high_and_ends_low()
    {
        int second = (int)(Chime.SecondTone.TotalSeconds * Bell.SampleRate);
        ReadOnlySpan<short> first = Bell.Samples.Span[..second], rest = Bell.Samples.Span[(second + 4000)..];

        Assert.True(Loudness.At(Chime.HighTone, first, Bell.SampleRate) > 10 * Loudness.At(Chime.LowTone, first, Bell.SampleRate));
        Assert.True(Loudness.At(Chime.LowTone, rest, Bell.SampleRate) > 2 * Loudness.At(Chime.HighTone, rest, Bell.SampleRate));
    }

    [Fact]
    public void Is_heard_at_once_and_ends_without_a_click()
    {
        ReadOnlySpan<short> samples = Bell.Samples.Span;

        Assert.True(Loudness.Of(samples[..(Bell.SampleRate / 100)]) > 3000);
        Assert.True(Math.Abs((int)samples[^1]) < 10);
        Assert.InRange(Bell.Duration.TotalSeconds, 1.0, 1.3);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 11468)]
    [InlineData(100, 22937)]
    [InlineData(200, 32112)]
    public void Is_as_loud_as_asked_and_never_clipped(int volumePercent, int peak) =>
        Assert.Equal(peak, Chime.Render(PcmClip.UsualSampleRate, volumePercent).Samples.ToArray().Max(sample => Math.Abs((int)sample)), 2d);
}
