namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Puts silence around sentences and remembers the latest: a doorbell says the same few all its life. What was asked for longest ago
/// makes room. Used by one thread at a time.
/// </summary>
public sealed class PhraseCache : ISpeechSynthesizer
{
    private readonly ISpeechSynthesizer _inner;
    private readonly TimeSpan _leadIn;
    private readonly TimeSpan _tail;
    private readonly int _maxPhrases;
    private readonly TimeSpan _maxLength;
    private readonly Dictionary<(string Text, string Voice, int? Pace), LinkedListNode<Phrase>> _phrases = [];
    private readonly LinkedList<Phrase> _latestFirst = [];
    private TimeSpan _length;

    /// <summary>Wraps a synthesizer.</summary>
    /// <param name="inner">Makes what is not remembered.</param>
    /// <param name="leadIn">Silence before each sentence.</param>
    /// <param name="tail">Silence after each sentence.</param>
    /// <param name="maxPhrases">Sentences remembered at most.</param>
    /// <param name="maxLength">Sound remembered at most; null: 3 minutes, 8 MB.</param>
    public PhraseCache(ISpeechSynthesizer inner, TimeSpan leadIn, TimeSpan tail, int maxPhrases = 64, TimeSpan? maxLength = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPhrases, 1);
        _inner = inner;
        _leadIn = leadIn;
        _tail = tail;
        _maxPhrases = maxPhrases;
        _maxLength = maxLength ?? TimeSpan.FromMinutes(3);
    }

    private sealed record Phrase((string Text, string Voice, int? Pace) Key, PcmClip Clip);

    /// <summary>Sentences remembered now.</summary>
    public int Count => _phrases.Count;

    /// <inheritdoc/>
    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation)
    {
        (string, string, int?) key = (text, voice, wordsPerMinute);
        if (_phrases.TryGetValue(key, out LinkedListNode<Phrase>? known))
        {
            _latestFirst.Remove(known);
            _latestFirst.AddFirst(known);
            return known.Value.Clip;
        }
        PcmClip clip = _inner.Synthesize(text, voice, wordsPerMinute, cancellation).Between(_leadIn, _tail);
        if (clip.Duration <= _maxLength) Remember(new Phrase(key, clip));
        return clip;
    }

    private void Remember(Phrase phrase)
    {
        _phrases.Add(phrase.Key, _latestFirst.AddFirst(phrase));
        _length += phrase.Clip.Duration;
        while (_phrases.Count > _maxPhrases || _length > _maxLength)
        {
            Phrase oldest = _latestFirst.Last!.Value;
            _latestFirst.RemoveLast();
            _phrases.Remove(oldest.Key);
            _length -= oldest.Clip.Duration;
        }
    }
}
