using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

public class PhraseCacheTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);

    private readonly FakeSynthesizer _inner = new();

    [Fact]
    public void Puts_silence_around_a_sentence()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter);

        PcmClip clip = cache.Synthesize("Anna", "en", null, CancellationToken.None);

        int silence = PcmClip.UsualSampleRate / 4;
        Assert.InRange(clip.Samples.Length, (2 * silence) + 3, (2 * silence) + 5);
        int first = clip.Samples.Span.IndexOfAnyExcept((short)0);
        Assert.InRange(first, silence, silence + 1);
        Assert.Equal([1, 2, 3], clip.Samples.Slice(first, 3).ToArray());
        Assert.Equal(-1, clip.Samples.Span[(first + 3)..].IndexOfAnyExcept((short)0));
    }

    [Fact]
    public void Asks_once_for_the_same_text_and_voice()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter);

        PcmClip first = Ask(cache, "Anna");

        Assert.Same(first, Ask(cache, "Anna"));
        Assert.NotSame(first, cache.Synthesize("Anna", "de", null, CancellationToken.None));
        Assert.Equal(2, _inner.Calls);
    }

    [Fact]
    public void A_sentence_at_another_speed_is_another_sentence()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter);
        PcmClip usual = Ask(cache, "Anna");

        Assert.NotSame(usual, cache.Synthesize("Anna", "en", 300, CancellationToken.None));
        Assert.Equal(300, _inner.WordsPerMinute);
        Assert.Same(usual, Ask(cache, "Anna"));
    }

    [Fact]
    public void Forgets_what_was_asked_for_longest_ago()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter, maxPhrases: 2);
        PcmClip anna = Ask(cache, "Anna");
        Ask(cache, "Ben");
        Ask(cache, "Anna");

        Ask(cache, "Carla");

        Assert.Equal(2, cache.Count);
        Assert.Same(anna, Ask(cache, "Anna"));
        Assert.Equal(3, _inner.Calls);
        Ask(cache, "Ben");
        Assert.Equal(4, _inner.Calls);
    }

    [Fact]
    public void Holds_no_more_sound_than_it_may()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter, maxLength: TimeSpan.FromSeconds(1.2));

        for (int i = 0; i < 10; i++) Ask(cache, $"{i}");

        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void A_failure_is_not_remembered()
    {
        var cache = new PhraseCache(_inner, Quarter, Quarter);
        _inner.Fault = "broken";
        Assert.Throws<SpeechException>(() => Ask(cache, "Anna"));

        _inner.Fault = null;

        Assert.NotEmpty(Ask(cache, "Anna").Samples.ToArray());
    }

    private static PcmClip Ask(PhraseCache cache, string text) => cache.Synthesize(text, "en", null, CancellationToken.None);
}
