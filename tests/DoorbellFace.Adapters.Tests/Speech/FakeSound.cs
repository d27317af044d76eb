using System.Collections.Concurrent;
using System.Threading.Channels;
using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

/// <summary>A synthesizer whose clips can be told apart, and which can be made to fail.</summary>
internal sealed class FakeSynthesizer : ISpeechSynthesizer
{
    private readonly ConcurrentDictionary<PcmClip, string> _texts = new();

    /// <summary>When not null, the reason for which it fails.</summary>
    public string? Fault { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>The text of a clip, or "ding-dong" for one that it has not made.</summary>
    public string TextOf(PcmClip clip) => _texts.GetValueOrDefault(clip, "ding-dong");

    /// <summary>How fast the last text was to be spoken.</summary>
    public int? WordsPerMinute { get; private set; }

    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation)
    {
        Calls++;
        WordsPerMinute = wordsPerMinute;
        if (Fault is not null) throw new SpeechException(Fault);
        var clip = new PcmClip(new short[] { 1, 2, 3 }, PcmClip.UsualSampleRate);
        _texts[clip] = text;
        return clip;
    }
}

/// <summary>An output that plays a clip until the test ends it.</summary>
internal sealed class FakeOutput : ISoundOutput
{
    private readonly Channel<FakePlayback> _begun = Channel.CreateUnbounded<FakePlayback>();
    private int _playing;

    /// <summary>Clips end by themselves at once.</summary>
    public bool EndsAtOnce { get; init; }

    /// <summary>When not null, the reason for which it refuses clips.</summary>
    public string? Fault { get; set; }

    /// <summary>The most clips that have sounded at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public bool IsDisposed { get; private set; }

    public string Description => "the fake";

    /// <summary>Waits for the next clip to begin. The limit is only there for a test to fail instead of hanging.</summary>
    public async Task<FakePlayback> NextAsync() => await _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public IPlayback Begin(PcmClip clip)
    {
        if (Fault is not null) throw new SpeechException(Fault);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _playing));
        var playback = new FakePlayback(clip, () => Interlocked.Decrement(ref _playing));
        if (EndsAtOnce) playback.End();
        _begun.Writer.TryWrite(playback);
        return playback;
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A clip that sounds until it is ended or stopped.</summary>
internal sealed class FakePlayback(PcmClip clip, Action onDisposed) : IPlayback
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PcmClip Clip => clip;

    /// <summary>The clip has been played to its end.</summary>
    public void End() => _end.TrySetResult();

    /// <summary>Somebody who waited for the end has seen it.</summary>
    public Task Finished => _finished.Task;

    public void Finish(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _end.Task.Wait(cancellation);
        _finished.TrySetResult();
    }

    public void Dispose() => onDisposed();
}
