namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Stands in where there is no synthesizer: the bell still sounds, and every sentence is counted as failed, with the reason.
/// </summary>
public sealed class NoVoice(string reason) : ISpeechSynthesizer
{
    /// <inheritdoc/>
    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation) =>
        throw new SpeechException(reason);
}
