namespace DoorbellFace.Adapters.Speech;

/// <summary>Turns words into sound.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Speaks a text into memory; returns when the whole clip is there. Called by one thread at a time.</summary>
    /// <param name="text">The words; any letters.</param>
    /// <param name="voice">The voice's name as the synthesizer knows it, such as "en" or "de+f3".</param>
    /// <param name="wordsPerMinute">How fast, 80 to 450; null: as it was made.</param>
    /// <param name="cancellation">Stops the work early.</param>
    /// <exception cref="SpeechException">The synthesizer is missing, has failed or does not have the voice.</exception>
    PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation);
}
