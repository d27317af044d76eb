namespace DoorbellFace.Core.Link;

/// <summary>
/// Rings faster than a finger: a device that has gone wrong, or a laptop in its place. Beyond <see cref="MostInASecond"/> in a second rings are not let
/// through until there has been a second without any. Reads no clock. Not thread-safe: the receiver owns it.
/// </summary>
public sealed class RingLimit
{
    /// <summary>A finger presses a button at most about eight times a second.</summary>
    public const int MostInASecond = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<DateTimeOffset> _recent = new(MostInASecond);
    private DateTimeOffset? _floodAt;

    /// <summary>A new press has come; may it ring?</summary>
    public bool Allows(DateTimeOffset at)
    {
        if (_floodAt is { } last && at - last < Second)
        {
            _floodAt = at;
            return false;
        }
        _floodAt = null;
        while (_recent.TryPeek(out DateTimeOffset oldest) && at - oldest >= Second) _recent.Dequeue();
        if (_recent.Count == MostInASecond)
        {
            _floodAt = at;
            return false;
        }
        _recent.Enqueue(at);
        return true;
    }
}
