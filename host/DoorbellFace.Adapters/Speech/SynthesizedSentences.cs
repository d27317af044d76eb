using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Sentences that a synthesizer turns into sound, and an output plays.</summary>
/// <param name="synthesizer">Makes the sound.</param>
/// <param name="voice">The voice's name, as the synthesizer knows it.</param>
/// <param name="output">Plays it; not disposed of here, as the bell's sound goes there too.</param>
/// <param name="log">For remarks.</param>
internal sealed class SynthesizedSentences(ISpeechSynthesizer synthesizer, string voice, ISoundOutput output, ILogger log)
    : ISentenceOutput
{
    private string? _lastFault;

    /// <inheritdoc/>
    public string Description => output.Description;

    /// <inheritdoc/>
    public IPlayback Begin(SpokenSentence sentence, CancellationToken cancellation)
    {
        PcmClip clip = Synthesize(sentence, cancellation).At(sentence.LoudnessPercent);
        cancellation.ThrowIfCancellationRequested();
        return output.Begin(clip);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Synthesizes, and remarks on a fault once, not for each sentence.</summary>
    private PcmClip Synthesize(SpokenSentence sentence, CancellationToken cancellation)
    {
        try
        {
            PcmClip clip = synthesizer.Synthesize(sentence.Text, voice, sentence.WordsPerMinute, cancellation);
            if (_lastFault is not null) log.LogInformation("Sentences are spoken again.");
            _lastFault = null;
            return clip;
        }
        catch (SpeechException fault)
        {
            if (fault.Message != _lastFault) log.LogWarning("{Reason}", fault.Message);
            _lastFault = fault.Message;
            throw;
        }
    }
}
