namespace DoorbellFace.Adapters.Speech;

/// <summary>A place that sound can go to. Used by one thread.</summary>
public interface ISoundOutput : IDisposable
{
    /// <summary>What it is, in words that fit after "to": "the sound card". Any thread may ask.</summary>
    string Description { get; }

    /// <summary>Starts a clip. When this returns, its first samples have been handed over.</summary>
    /// <exception cref="SpeechException">The output does not take it.</exception>
    IPlayback Begin(PcmClip clip);
}

/// <summary>A clip that is being played. Disposing it stops it.</summary>
public interface IPlayback : IDisposable
{
    /// <summary>Returns when the clip has been played to its end.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing of it sounds any more.</exception>
    /// <exception cref="SpeechException">It could not be played to its end.</exception>
    void Finish(CancellationToken cancellation);
}

/// <summary>Playback that was over as soon as it began.</summary>
public sealed class FinishedPlayback : IPlayback
{
    /// <summary>The only one.</summary>
    public static FinishedPlayback Instance { get; } = new();

    /// <inheritdoc/>
    public void Finish(CancellationToken cancellation)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
