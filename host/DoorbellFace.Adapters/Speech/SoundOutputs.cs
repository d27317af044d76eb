using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Sends every clip to several outputs at once. One that fails does not silence the others; it is remarked on once when it begins to fail
/// and once when it works again, not for each sentence.
/// </summary>
public sealed class SoundOutputs : ISoundOutput
{
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
        var group = new Group(this);
        foreach (ISoundOutput output in _outputs) group.TryBegin(output, clip);
        group.ThrowIfAllFailed();
        return group;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ISoundOutput output in _outputs) output.Dispose();
    }

    private void Works(ISoundOutput output)
    {
        bool isNews;
        lock (_failing) isNews = _failing.Remove(output);
        if (isNews) _log.LogInformation("Sound goes to {Output} again.", output.Description);
    }

    private sealed class Group(SoundOutputs owner) : IPlayback
    {
        private readonly List<(ISoundOutput Output, IPlayback Playback)> _playing = [];
        private SpeechException? _failure;

        public void TryBegin(ISoundOutput output, PcmClip clip)
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
            foreach (var (output, playback) in _playing)
            {
                try
                {
                    playback.Finish(cancellation);
                    owner.Works(output);
                    finished++;
                }
                catch (SpeechException failure)
                {
                    Fails(output, failure);
                }
            }
            if (finished == 0) throw _failure!;
        }

        public void Dispose()
        {
            foreach (var (_, playback) in _playing) playback.Dispose();
        }

        private void Fails(ISoundOutput output, SpeechException failure)
        {
            _failure = failure;
            owner.MarkFailing(output, failure.Message);
        }
    }
}
