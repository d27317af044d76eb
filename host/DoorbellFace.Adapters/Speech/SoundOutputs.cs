using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Sends every clip to several outputs at once. One that fails does not silence the others; it is remarked on once when it begins to fail
/// and once when it works again, not for each sentence.
/// </summary>
public sealed class SoundOutputs : ISoundOutput
{
    /// <summary>So much longer than the sound itself is waited for an output that failed before.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<ISoundOutput> _outputs;
    private readonly HashSet<ISoundOutput> _failing = [];
    private readonly ILogger _log;

    /// <summary>Takes the outputs, which it will dispose of, and the log for its remarks.</summary>
    public SoundOutputs(IReadOnlyList<ISoundOutput> outputs, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfZero(outputs.Count);
        _outputs = outputs;
        _log = log;
    }

    /// <inheritdoc/>
    public string Description
    {
        get
        {
            lock (_failing)
            {
                ISoundOutput[] working = [.. _outputs.Where(output => !_failing.Contains(output))];
                string names = string.Join(" and ", (working.Length > 0 ? working : _outputs).Select(output => output.Description));
                return working.Length > 0 ? names : $"nowhere: {names} does not work, and is tried again at every ring";
            }
        }
    }

    /// <summary>Tells of an output whose fault is known before it is first used, so that its first failure is no news.</summary>
    public void MarkFailing(ISoundOutput output, string reason)
    {
        bool isNews;
        lock (_failing) isNews = _failing.Add(output);
        if (isNews) _log.LogWarning("{Reason}", reason);
    }

    /// <inheritdoc/>
    public IPlayback Begin(PcmClip clip)
    {
        var group = new Group(this, clip);
        foreach (ISoundOutput output in _outputs) group.TryBegin(output);
        group.ThrowIfAllFailed();
        return group;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ISoundOutput output in _outputs) output.Dispose();
    }

    private bool IsFailing(ISoundOutput output)
    {
        lock (_failing) return _failing.Contains(output);
    }

    private void Works(ISoundOutput output)
    {
        bool isNews;
        lock (_failing) isNews = _failing.Remove(output);
        if (isNews) _log.LogInformation("Sound goes to {Output} again.", output.Description);
    }

    private sealed class Group(SoundOutputs owner, PcmClip clip) : IPlayback
    {
        private readonly List<(ISoundOutput Output, IPlayback Playback)> _playing = [];
        private volatile SpeechException? _failure;
        private volatile bool _wasStopped;

        public void TryBegin(ISoundOutput output)
        {
            try
            {
                _playing.Add((output, output.Begin(clip)));
            }
            catch (SpeechException failure)
            {
                Fails(output, failure);
            }
        }

        public void ThrowIfAllFailed()
        {
            if (_playing.Count == 0) throw _failure!;
        }

        public void Finish(CancellationToken cancellation)
        {
            int finished = 0;
            // Each on a thread of its own, as each must be fed while it sounds.
            Thread[] threads = [.. _playing.Select(one => new Thread(() =>
            {
                if (TryFinish(one.Output, one.Playback, cancellation)) Interlocked.Increment(ref finished);
            })
            { Name = "sound", IsBackground = true })];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            if (_wasStopped) cancellation.ThrowIfCancellationRequested();
            if (finished == 0) throw _failure!;
        }

        public void Dispose()
        {
            foreach (var (_, playback) in _playing) playback.Dispose();
        }

        private bool TryFinish(ISoundOutput output, IPlayback playback, CancellationToken cancellation)
        {
            // One that failed before may hang again, and the others' next sentence would wait for it.
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (_playing.Count > 1 && owner.IsFailing(output)) limited.CancelAfter(clip.Duration + Grace);
            try
            {
                playback.Finish(limited.Token);
                owner.Works(output);
                return true;
            }
            catch (OperationCanceledException)
            {
                _wasStopped |= cancellation.IsCancellationRequested;
                return false;
            }
#pragma warning disable CA1031 // On a thread of its own nobody else catches anything: it would end the program.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Fails(output, failure as SpeechException
                    ?? new SpeechException($"{output.Description} has failed: {failure.Message}", failure));
                return false;
            }
        }

        private void Fails(ISoundOutput output, SpeechException failure)
        {
            _failure = failure;
            owner.MarkFailing(output, failure.Message);
        }
    }
}
