using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <content>The speaker's thread.</content>
public sealed partial class SpeechQueue
{
    /// <summary>The next thing to do: the bell (no entry), a sentence, or telling that a waiting one has been dropped.</summary>
    private readonly record struct Job(WaitingList.Entry? Entry, SpeechOutcome? Dropped, CancellationToken Stop);

    private void Work()
    {
        while (TakeJob() is { } job)
        {
            if (job.Entry is not { } entry) SoundChime(job.Stop);
            else if (job.Dropped is { } outcome) Tell(entry.Announcement, outcome);
            else SpeakOne(entry, job.Stop);
        }
        Close();
    }

    /// <summary>Waits for something to do; null: the speaker closes.</summary>
    private Job? TakeJob()
    {
        lock (_gate)
        {
            while (true)
            {
                _isBusy = false;
                _stop = null;
                if (_isClosing) return null;
                if (_isChimeWanted)
                {
                    _isChimeWanted = false;
                    return new Job(null, null, BeginJob_NeedsLock());
                }
                if (_waiting.TakeNext() is { } entry) return JobFor_NeedsLock(entry);
                _idle?.TrySetResult();
                _idle = null;
                Monitor.Wait(_gate);
            }
        }
    }

    private Job JobFor_NeedsLock(WaitingList.Entry entry)
    {
        DateTimeOffset now = _time.GetUtcNow();
        SpeechOutcome? dropped = entry.Announcement.StaleAfter <= now ? SpeechOutcome.Stale
            : IsHeldBack_NeedsLock(entry.Announcement) ? SpeechOutcome.Suppressed
            : null;
        CancellationToken stop = BeginJob_NeedsLock();
        if (dropped is { } outcome)
        {
            Count_NeedsLock(outcome);
            return new Job(entry, outcome, stop);
        }
        _isSpeaking = true;
        _coolDown.Begin(entry.Announcement.Key, now);
        return new Job(entry, null, stop);
    }

    private CancellationToken BeginJob_NeedsLock()
    {
        _isBusy = true;
        // Never disposed of: it holds no timer, and Chime may still be about to cancel it.
        _stop = new CancellationTokenSource();
        return _stop.Token;
    }

    private void SoundChime(CancellationToken stop)
    {
        try
        {
            int percent;
            lock (_gate) percent = _chimePercent;
            using IPlayback playback = _output.Begin(_chime.At(percent));
            lock (_gate) _counters = _counters with { Chimes = _counters.Chimes + 1 };
            Guarded(() => ChimeStarted?.Invoke(_time.GetUtcNow()));
            playback.Finish(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next press starts it again, or the speaker closes.
        }
        catch (Exception error)
        {
            if (error is not SpeechException) _log.LogError(error, "The bell's sound has failed.");
            lock (_gate) _counters = _counters with { ChimesFailed = _counters.ChimesFailed + 1 };
        }
    }

    private void SpeakOne(WaitingList.Entry entry, CancellationToken stop)
    {
        Announcement announcement = entry.Announcement;
        bool hasBegun = false;
        try
        {
            var sentence = new SpokenSentence(announcement.Aloud ?? announcement.Text, announcement.WordsPerMinute,
                Math.Clamp(announcement.LoudnessPercent, 1, 100));
            using IPlayback playback = _sentences.Begin(sentence, stop);
            hasBegun = true;
            DateTimeOffset startedAt = _time.GetUtcNow();
            Guarded(() => UtteranceStarted?.Invoke(announcement, startedAt));
            playback.Finish(stop);
            Settle(announcement, SpeechOutcome.Spoken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            PutBack(entry, hasBegun);
        }
        catch (Exception error)
        {
            if (error is not SpeechException) _log.LogError(error, "A sentence has failed.");
            Settle(announcement, SpeechOutcome.Failed);
        }
    }

    private void Settle(Announcement announcement, SpeechOutcome outcome)
    {
        lock (_gate)
        {
            _isSpeaking = false;
            if (outcome != SpeechOutcome.Spoken) _coolDown.Forget(announcement.Key);
            Count_NeedsLock(outcome);
        }
        Tell(announcement, outcome);
    }

    private void PutBack(WaitingList.Entry entry, bool hasBegun)
    {
        SpeechOutcome outcome;
        lock (_gate)
        {
            if (!_isClosing)
            {
                if (hasBegun) _counters = _counters with { Interruptions = _counters.Interruptions + 1 };
                _coolDown.Forget(entry.Announcement.Key);
                if (_waiting.TryPutBack(entry))
                {
                    _isSpeaking = false;
                    return;
                }
            }
            outcome = _isClosing ? SpeechOutcome.Abandoned : SpeechOutcome.Replaced;
        }
        Settle(entry.Announcement, outcome);
    }

    private void Close()
    {
        IReadOnlyList<Announcement> abandoned;
        lock (_gate)
        {
            abandoned = _waiting.TakeAll();
            foreach (Announcement _ in abandoned) Count_NeedsLock(SpeechOutcome.Abandoned);
            _idle?.TrySetResult();
            _idle = null;
        }
        foreach (Announcement announcement in abandoned) Tell(announcement, SpeechOutcome.Abandoned);
        _sentences.Dispose();
        _output.Dispose();
        _threadEnded.TrySetResult();
    }
}
