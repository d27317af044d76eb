namespace DoorbellFace.Home.Notifications;

/// <summary>How patient a courier is.</summary>
internal sealed record CourierTimes
{
    /// <summary>How long one attempt may take: 10 seconds.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the first attempt to the second: 2 seconds. Each further wait is three times as long as the one before.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait, also where the receiver asks for a longer one: a minute.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>What came of all attempts.</summary>
/// <param name="Attempts">How many there were; 0: it was no longer wanted.</param>
/// <param name="Last">What came of the last one.</param>
internal sealed record DeliveryReport(int Attempts, DeliveryResult Last);

/// <summary>
/// Delivers something over a channel: again, after ever longer waits, where that may help, and no more often than it was told.
/// </summary>
/// <param name="channel">The way.</param>
/// <param name="attempts">How often it tries at most, 1 or more.</param>
/// <param name="times">How patient it is.</param>
/// <param name="time">The clock.</param>
internal sealed class Courier(IChannel channel, int attempts, CourierTimes times, TimeProvider time)
{
    private const int Growth = 3;

    /// <summary>Delivers.</summary>
    /// <param name="notification">What.</param>
    /// <param name="isWanted">Asked before each attempt: what has been taken back meanwhile is not sent.</param>
    /// <param name="stop">Gives it up.</param>
    public async Task<DeliveryReport> DeliverAsync(Notification notification, Func<bool> isWanted, CancellationToken stop)
    {
        TimeSpan wait = times.FirstWait;
        var last = DeliveryResult.Delivered;
        for (int attempt = 1; ; attempt++)
        {
            if (!isWanted()) return new DeliveryReport(attempt - 1, last);
            last = await TryAsync(notification, stop).ConfigureAwait(false);
            if (last.IsDelivered || !last.IsWorthAnotherAttempt || attempt >= attempts) return new DeliveryReport(attempt, last);
            TimeSpan asked = last.RetryAfter > wait ? last.RetryAfter.Value : wait;
            await Task.Delay(asked < times.LongestWait ? asked : times.LongestWait, time, stop).ConfigureAwait(false);
            wait *= Growth;
        }
    }

    private async Task<DeliveryResult> TryAsync(Notification notification, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(times.AttemptLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            return await channel.SendAsync(notification, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new DeliveryResult(DeliveryFault.TimedOut, $"No answer came within {times.AttemptLimit.TotalSeconds:0} seconds.");
        }
    }
}
