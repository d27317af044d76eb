using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// The speaker: one thread of its own takes one sound after the other, so nothing overlaps and a busy thread pool cannot delay the bell.
/// </summary>
/// <remarks>
/// The bell comes before everything and at once: it stops the sentence that is being spoken, which is spoken again from its beginning
/// afterwards if it is still so; a further press starts the bell again. Otherwise the most pressing announcement is next, and within one
/// priority the oldest. The same key is not spoken twice within the cool-down, counted from the start of the sentence; High announcements
/// and the bell are never held back. Every announcement gets one <see cref="SpeechOutcome"/>, counted and told to <see cref="Finished"/>.
/// Thread-safe.
/// </remarks>
public sealed partial class SpeechQueue : IDoorVoice, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly ISentenceOutput _sentences;
    private readonly ISoundOutput _output;
    private readonly PcmClip _chime;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WaitingList _waiting;
    private readonly CoolDown _coolDown;
    private readonly TaskCompletionSource _threadEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SpeechCounters _counters;
    private bool _isChimeWanted;
    private int _chimePercent = 100;
    private bool _isBusy;
    private bool _isSpeaking;
    private bool _isClosing;
    private CancellationTokenSource? _stop;
    private TaskCompletionSource? _idle;

    /// <summary>Starts the speaker's thread.</summary>
    /// <param name="synthesizer">Makes the sentences; used by the speaker's thread alone.</param>
    /// <param name="output">Plays them; disposed of with the speaker.</param>
    /// <param name="chime">The bell's sound.</param>
    /// <param name="options">Voice, cool-down and length of the queue.</param>
    /// <param name="time">The clock for cool-downs, stale announcements and the times in events.</param>
    /// <param name="log">For remarks.</param>
    public SpeechQueue(ISpeechSynthesizer synthesizer, ISoundOutput output, PcmClip chime, SpeechOptions options, TimeProvider time,
        ILogger log)
        : this(new SynthesizedSentences(synthesizer, options.Voice, output, log), output, chime, options, time, log)
    {
    }

    /// <summary>Starts the speaker's thread, with sentences that need not go where the bell's sound goes.</summary>
    /// <param name="sentences">Speaks them; used by the speaker's thread alone, and disposed of with the speaker.</param>
    /// <param name="output">Plays the bell's sound; disposed of with the speaker.</param>
    /// <param name="chime">The bell's sound.</param>
    /// <param name="options">Cool-down and length of the queue.</param>
    /// <param name="time">The clock for cool-downs, stale announcements and the times in events.</param>
    /// <param name="log">For remarks.</param>
    public SpeechQueue(ISentenceOutput sentences, ISoundOutput output, PcmClip chime, SpeechOptions options, TimeProvider time,
        ILogger log)
    {
        _sentences = sentences;
        _output = output;
        _chime = chime;
        _time = time;
        _log = log;
        _waiting = new WaitingList(options.QueueLength);
        _coolDown = new CoolDown(options.CoolDown);
        new Thread(Work) { Name = "speech", IsBackground = true }.Start();
    }

    /// <summary>
    /// A sentence has begun: its first samples have been handed to the output. Also when it begins again after an interruption. Raised by
    /// the speaker's thread.
    /// </summary>
    public event Action<Announcement, DateTimeOffset>? UtteranceStarted;

    /// <summary>An announcement has got its outcome. Raised by the speaker's thread or by the caller of <see cref="Speak"/>.</summary>
    public event Action<Announcement, SpeechOutcome, DateTimeOffset>? Finished;

    /// <summary>The bell has begun to sound: its first samples have been handed to the output. Raised by the speaker's thread.</summary>
    public event Action<DateTimeOffset>? ChimeStarted;

    /// <summary>Where the sound goes, in words that fit after "to".</summary>
    public string OutputDescription => _sentences.Description == _output.Description
        ? _output.Description
        : $"{_output.Description} (bell) and to {_sentences.Description} (sentences)";

    /// <summary>The counts as they stand.</summary>
    public SpeechCounters Counters
    {
        get
        {
            lock (_gate) return _counters with { Waiting = _waiting.Count + (_isSpeaking ? 1 : 0) };
        }
    }

    /// <inheritdoc/>
    public void Chime() => Chime(loudnessPercent: 100);

    /// <inheritdoc/>
    public void Chime(int loudnessPercent)
    {
        CancellationTokenSource? stop;
        lock (_gate)
        {
            if (_isClosing) return;
            _isChimeWanted = true;
            _chimePercent = Math.Clamp(loudnessPercent, 1, 100);
            stop = _stop;
            Monitor.Pulse(_gate);
        }
        stop?.Cancel();
    }

    /// <inheritdoc/>
    public void Speak(Announcement announcement)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        SpeechOutcome? outcome = null;
        Announcement? replaced = null, overflowed = null;
        lock (_gate)
        {
            _counters = _counters with { Received = _counters.Received + 1 };
            if (_isClosing) outcome = SpeechOutcome.Abandoned;
            else if (IsHeldBack_NeedsLock(announcement)) outcome = SpeechOutcome.Suppressed;
            else _waiting.Add(announcement, out replaced, out overflowed);

            if (outcome is { } refused) Count_NeedsLock(refused);
            if (replaced is not null) Count_NeedsLock(SpeechOutcome.Replaced);
            if (overflowed is not null) Count_NeedsLock(SpeechOutcome.Overflowed);
            Monitor.Pulse(_gate);
        }
        if (outcome is { } told) Tell(announcement, told);
        if (replaced is not null) Tell(replaced, SpeechOutcome.Replaced);
        if (overflowed is not null) Tell(overflowed, SpeechOutcome.Overflowed);
    }

    /// <summary>Waits until nothing sounds and nothing waits. What is announced meanwhile is waited for, too.</summary>
    public Task DrainAsync(CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            if (_isClosing || (!_isBusy && !_isChimeWanted && _waiting.Count == 0)) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Stops what sounds, gives up what waits, and closes the output.</summary>
    public async ValueTask DisposeAsync()
    {
        CancellationTokenSource? stop;
        lock (_gate)
        {
            _isClosing = true;
            stop = _stop;
            Monitor.Pulse(_gate);
        }
        if (stop is not null) await stop.CancelAsync().ConfigureAwait(false);
        await _threadEnded.Task.ConfigureAwait(false);
    }

    private bool IsHeldBack_NeedsLock(Announcement announcement) =>
        announcement.Priority != AnnouncementPriority.High && _coolDown.IsRunning(announcement.Key, _time.GetUtcNow());

    private void Count_NeedsLock(SpeechOutcome outcome) => _counters = outcome switch
    {
        SpeechOutcome.Spoken => _counters with { Spoken = _counters.Spoken + 1 },
        SpeechOutcome.Suppressed => _counters with { Suppressed = _counters.Suppressed + 1 },
        SpeechOutcome.Replaced => _counters with { Replaced = _counters.Replaced + 1 },
        SpeechOutcome.Stale => _counters with { Stale = _counters.Stale + 1 },
        SpeechOutcome.Overflowed => _counters with { Overflowed = _counters.Overflowed + 1 },
        SpeechOutcome.Failed => _counters with { Failed = _counters.Failed + 1 },
        SpeechOutcome.Abandoned => _counters with { Abandoned = _counters.Abandoned + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    private void Tell(Announcement announcement, SpeechOutcome outcome) =>
        Guarded(() => Finished?.Invoke(announcement, outcome, _time.GetUtcNow()));

    /// <summary>A listener's mistake must not silence the doorbell.</summary>
    private void Guarded(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception error)
        {
            _log.LogError(error, "A listener of the speaker has failed.");
        }
    }
}
