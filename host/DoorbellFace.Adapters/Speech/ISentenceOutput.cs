namespace DoorbellFace.Adapters.Speech;

/// <summary>A sentence to be heard.</summary>
/// <param name="Text">The words; any letters.</param>
/// <param name="WordsPerMinute">How fast, 80 to 450; null: as usual.</param>
/// <param name="LoudnessPercent">How loud, 1 to 100 percent of the usual.</param>
public sealed record SpokenSentence(string Text, int? WordsPerMinute, int LoudnessPercent);

/// <summary>Makes sentences heard. Used by one thread.</summary>
public interface ISentenceOutput : IDisposable
{
    /// <summary>What it is, in words that fit after "to". Any thread may ask.</summary>
    string Description { get; }

    /// <summary>Starts a sentence. When this returns, it has begun to sound.</summary>
    /// <exception cref="SpeechException">It cannot be spoken.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it began.</exception>
    IPlayback Begin(SpokenSentence sentence, CancellationToken cancellation);
}
