namespace DoorbellFace.Application.Doors;

/// <summary>
/// Lets no more presses sound in a second than a finger can make: a button whose wire is loose rings without end, and a chime that never
/// stops says nothing. Every press still counts as a ring. Not thread-safe: whoever reads the link owns it.
/// </summary>
public sealed class RingLimit
{
    /// <summary>Presses in a second that sound: an impatient child manages about so many.</summary>
    public const int MostInASecond = 5;

    private readonly Queue<DateTimeOffset> _latest = new(MostInASecond + 1);
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Presses that did not sound, since the storm began that goes on or was the last.</summary>
    public long HeldBack { get; private set; }

    /// <summary>Presses come faster than a finger, and have not stopped for a second.</summary>
    public bool IsStorm { get; private set; }

    /// <summary>A press; whether it sounds.</summary>
    /// <param name="at">When it was heard.</param>
    public bool Pass(DateTimeOffset at)
    {
        // A storm is over after a second without a press, not between two of its gusts.
        if (at - _last >= TimeSpan.FromSeconds(1)) (IsStorm, HeldBack) = (false, 0);
        _last = at;
        _latest.Enqueue(at);
        while (_latest.Count > 0 && at - _latest.Peek() >= TimeSpan.FromSeconds(1)) _latest.Dequeue();
        if (_latest.Count > MostInASecond + 1) _latest.Dequeue();
        if (_latest.Count > MostInASecond) IsStorm = true;
        if (!IsStorm) return true;
        HeldBack++;
        return false;
    }
}
