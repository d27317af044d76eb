namespace DoorbellFace.Application.Doors;

/// <summary>
/// A clock that never jumps: it starts at the time of day and goes on by the computer's steady timer. Everything at a door that is compared
/// with something else (events, ticks, what is stale, what is repeated) uses this one clock, so a clock that is set, by hand or from the
/// network, changes no decision. What people are shown goes through <see cref="Shown"/>. Thread-safe.
/// </summary>
public sealed class SteadyTime : TimeProvider
{
    private readonly TimeProvider _wall;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startTimestamp;

    private SteadyTime(TimeProvider wall)
    {
        _wall = wall;
        _startedAt = wall.GetUtcNow();
        _startTimestamp = wall.GetTimestamp();
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _wall.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _wall.LocalTimeZone;

    /// <summary>The steady clock over a clock of the wall; a clock that is steady already is given back as it is.</summary>
    public static SteadyTime Of(TimeProvider wall) => wall as SteadyTime ?? new SteadyTime(wall);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _startedAt + _wall.GetElapsedTime(_startTimestamp);

    /// <inheritdoc/>
    public override long GetTimestamp() => _wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>How far the clock on the wall is ahead of this one now; zero until somebody sets the former.</summary>
    public TimeSpan WallAhead
    {
        get
        {
            TimeSpan ahead = _wall.GetUtcNow() - GetUtcNow();
            // Clocks are disciplined by parts of a millisecond all the time; what is less than a second is no step.
            return ahead.Duration() < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : ahead;
        }
    }

    /// <summary>A time of this clock as people read it on the wall now.</summary>
    public DateTimeOffset Shown(DateTimeOffset steady) => steady + WallAhead;
}
