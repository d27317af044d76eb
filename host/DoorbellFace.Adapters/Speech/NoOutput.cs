namespace DoorbellFace.Adapters.Speech;

/// <summary>Takes every clip and is silent: for those who only read.</summary>
public sealed class NoOutput : ISoundOutput
{
    /// <inheritdoc/>
    public string Description => "nowhere, as it is switched off";

    /// <inheritdoc/>
    public IPlayback Begin(PcmClip clip) => FinishedPlayback.Instance;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
