namespace DoorbellFace.Core.Link;

/// <summary>
/// Presses faster than any button: a device that has gone wrong, or a laptop in its place. Beyond <see cref="MostInASecond"/> in a second
/// presses are not let through until there has been a second without any, so that a flood cannot fill the host's memory. Fast presses of a
/// real button, whose contact may be loose, all count; the door only keeps the chime from sounding without end. Reads no clock. Not
/// thread-safe: the receiver owns it.
/// </summary>
public sealed class PressFlood(int mostInASecond = PressFlood.MostInASecond)
{
    /// <summary>The device debounces for 12 ms, down and up: it can send 41 presses a second at most.</summary>
    public const int MostInASecond = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<DateTimeOffset> _recent = new(Math.Min(mostInASecond, MostInASecond));
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
        if (_recent.Count == mostInASecond)
        {
            _floodAt = at;
            return false;
        }
        _recent.Enqueue(at);
        return true;
    }
}
