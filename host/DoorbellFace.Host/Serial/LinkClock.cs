namespace DoorbellFace.Host.Serial;

/// <summary>The time of day that never jumps: when the computer's clock is set, distances between events stay what they were.</summary>
internal sealed class LinkClock
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startTimestamp;

    public LinkClock(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetUtcNow();
        _startTimestamp = time.GetTimestamp();
    }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => _startedAt + _time.GetElapsedTime(_startTimestamp);
}
