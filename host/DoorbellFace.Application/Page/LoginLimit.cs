namespace DoorbellFace.Application.Page;

/// <summary>
/// How often a password may be tried from one address: five times in a minute and twenty times in an hour. A right password takes its own
/// tries back, so whoever knows it is
/// never kept out by themselves. Thread-safe.
/// </summary>
/// <param name="time">A clock.</param>
public sealed class LoginLimit(TimeProvider time)
{
    /// <summary>Tries in a minute and in an hour.</summary>
    public const int MostInAMinute = 5, MostInAnHour = 20;

    /// <summary>Addresses that are remembered; whoever has more of them than this is no household.</summary>
    private const int MostAddresses = 1000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _tries = new(StringComparer.Ordinal);

    /// <summary>Counts a try.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <returns>Null when it may be made; otherwise how long to wait.</returns>
    public TimeSpan? Try(string address)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_tries.TryGetValue(address, out Queue<DateTimeOffset>? tries))
            {
                if (_tries.Count >= MostAddresses) ForgetOld(now);
                // Still full: somebody comes from a thousand addresses, and no new one gets a try.
                if (_tries.Count >= MostAddresses) return Minute;
                _tries[address] = tries = new Queue<DateTimeOffset>();
            }
            while (tries.TryPeek(out DateTimeOffset oldest) && now - oldest >= Hour) tries.Dequeue();
            if (tries.Count >= MostInAnHour) return tries.Peek() + Hour - now;
            DateTimeOffset[] ofTheMinute = [.. tries.Where(at => now - at < Minute)];
            if (ofTheMinute.Length >= MostInAMinute) return ofTheMinute[0] + Minute - now;
            tries.Enqueue(now);
            return null;
        }
    }

    /// <summary>The password was right: the tries before it are forgotten.</summary>
    public void Forget(string address)
    {
        lock (_gate) _tries.Remove(address);
    }

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (string address in _tries.Where(pair => pair.Value.All(at => now - at >= Hour)).Select(pair => pair.Key).ToArray())
            _tries.Remove(address);
    }
}
