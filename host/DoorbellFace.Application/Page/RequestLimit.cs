namespace DoorbellFace.Application.Page;

/// <summary>How often something may be done in a minute, by each for themselves. Thread-safe.</summary>
/// <param name="mostInAMinute">So often.</param>
/// <param name="time">A clock.</param>
public sealed class RequestLimit(int mostInAMinute, TimeProvider time)
{
    /// <summary>More than these are remembered of nobody; a house has fewer programs and addresses.</summary>
    private const int MostRemembered = 1000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _done = new(StringComparer.Ordinal);

    /// <summary>Counts once.</summary>
    /// <param name="who">By whom.</param>
    /// <returns>Null when it may be done; otherwise how long to wait.</returns>
    public TimeSpan? Try(string who)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (!_done.TryGetValue(who, out Queue<long>? done))
            {
                if (_done.Count >= MostRemembered) ForgetOld(now);
                // Still full: somebody comes under a thousand names, and no new one is let in.
                if (_done.Count >= MostRemembered) return Minute;
                _done[who] = done = new Queue<long>();
            }
            while (done.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= Minute) done.Dequeue();
            if (done.Count >= mostInAMinute) return Minute - time.GetElapsedTime(done.Peek(), now);
            done.Enqueue(now);
            return null;
        }
    }

    private void ForgetOld(long now)
    {
        foreach (string who in _done.Where(pair => pair.Value.All(at => time.GetElapsedTime(at, now) >= Minute)).Select(pair => pair.Key)
            .ToArray()) _done.Remove(who);
    }
}
