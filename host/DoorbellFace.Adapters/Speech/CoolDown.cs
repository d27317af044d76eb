namespace DoorbellFace.Adapters.Speech;

/// <summary>Remembers what was spoken lately, by key. Not thread-safe; its owner holds the lock.</summary>
public sealed class CoolDown(TimeSpan length)
{
    /// <summary>Keys are looked through for expired ones only from so many on.</summary>
    private const int TidyFrom = 64;

    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>Whether a key was spoken too lately to be spoken again.</summary>
    public bool IsRunning(string key, DateTimeOffset now) => _until.TryGetValue(key, out DateTimeOffset until) && now < until;

    /// <summary>A key is being spoken.</summary>
    public void Begin(string key, DateTimeOffset now)
    {
        if (_until.Count >= TidyFrom)
        {
            foreach (string expired in _until.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray())
                _until.Remove(expired);
        }
        _until[key] = now + length;
    }

    /// <summary>A key was not heard after all.</summary>
    public void Forget(string key) => _until.Remove(key);
}
