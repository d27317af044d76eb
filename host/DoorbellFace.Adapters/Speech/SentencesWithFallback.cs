using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Sentences that one output speaks, and another where the first does not: at once, said once, and with the first tried again a minute
/// later. A sentence that the first began and could not end is spoken again whole.
/// </summary>
/// <param name="first">Speaks as long as it can.</param>
/// <param name="second">Speaks when the first cannot.</param>
/// <param name="time">The clock for trying again.</param>
/// <param name="log">For remarks.</param>
internal sealed class SentencesWithFallback(ISentenceOutput first, ISentenceOutput second, TimeProvider time, ILogger log)
    : ISentenceOutput
{
    /// <summary>Each try of something that hangs costs the visitor two seconds of silence.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private long _failedAt;
    private volatile bool _isFailing;

    /// <inheritdoc/>
    public string Description => _isFailing
        ? $"{second.Description}, as {first.Description} does not speak"
        : first.Description;

    /// <inheritdoc/>
    public IPlayback Begin(SpokenSentence sentence, CancellationToken cancellation)
    {
        if (_isFailing && time.GetElapsedTime(_failedAt) < Rest) return second.Begin(sentence, cancellation);
        try
        {
            return new Watched(this, second, sentence, first.Begin(sentence, cancellation));
        }
        catch (SpeechException fault)
        {
            Fails(fault);
            return second.Begin(sentence, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private void Fails(SpeechException fault)
    {
        _failedAt = time.GetTimestamp();
        if (_isFailing) return;
        _isFailing = true;
        log.LogWarning("{Reason} Until it does, sentences go to {Second}.", fault.Message, second.Description);
    }

    private void Works()
    {
        if (!_isFailing) return;
        _isFailing = false;
        log.LogInformation("Sentences go to {First} again.", first.Description);
    }

    private sealed class Watched(SentencesWithFallback owner, ISentenceOutput second, SpokenSentence sentence, IPlayback playback)
        : IPlayback
    {
        public void Finish(CancellationToken cancellation)
        {
            try
            {
                playback.Finish(cancellation);
                owner.Works();
            }
            catch (SpeechException fault)
            {
                owner.Fails(fault);
                using IPlayback again = second.Begin(sentence, cancellation);
                again.Finish(cancellation);
            }
        }

        public void Dispose() => playback.Dispose();
    }
}
