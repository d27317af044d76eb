using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Keeps an engine that hangs from taking the speaker with it: each sentence is made on a thread of the engine's own, is waited for only so
/// long, and is given up at once when the bell rings. An engine that did not answer is left alone from then on, and the second one speaks.
/// One caller at a time.
/// </summary>
public sealed class GuardedSynthesizer : ISpeechSynthesizer
{
    /// <summary>espeak-ng makes a sentence in milliseconds; what takes longer than this hangs.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(2);

    private readonly ISpeechSynthesizer _first;
    private readonly Func<ISpeechSynthesizer?> _makeSecond;
    private readonly TimeSpan _limit;
    private readonly ILogger _log;
    private ISpeechSynthesizer? _second;
    private bool _hangs;

    /// <summary>Guards an engine.</summary>
    /// <param name="first">The engine.</param>
    /// <param name="makeSecond">Makes the one that speaks in its place once it hangs; gives null when there is none.</param>
    /// <param name="limit">How long a sentence may take.</param>
    /// <param name="log">For the remark when it hangs.</param>
    public GuardedSynthesizer(ISpeechSynthesizer first, Func<ISpeechSynthesizer?> makeSecond, TimeSpan limit, ILogger log) =>
        (_first, _makeSecond, _limit, _log) = (first, makeSecond, limit, log);

    /// <inheritdoc/>
    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_hangs)
        {
            if (OwnThread.TryDo("voice", () => _first.Synthesize(text, voice, wordsPerMinute, cancellation), _limit, cancellation,
                out PcmClip? clip)) return clip!;
            _hangs = true;
            _second = _makeSecond();
            _log.LogError("The voice did not answer within {Seconds:0} seconds; it is left alone until the program is started again.",
                _limit.TotalSeconds);
        }
        return _second?.Synthesize(text, voice, wordsPerMinute, cancellation)
            ?? throw new SpeechException("The voice hangs, and there is no other. Start the program again.");
    }
}
