using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Gpio.Tests;

/// <summary>A clock that goes on when it is told to, and knows how often somebody has begun to wait for it.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private int _waits;

    public int Waits => Volatile.Read(ref _waits);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
