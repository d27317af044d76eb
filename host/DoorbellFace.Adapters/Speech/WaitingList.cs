using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Announcements that wait: the most pressing first, within one priority the oldest. Bounded: when it overflows, the oldest of the least
/// pressing is dropped, the newcomer included in the choice. Not thread-safe; its owner holds the lock.
/// </summary>
public sealed class WaitingList(int capacity)
{
    private readonly List<Entry> _entries = [];
    private long _nextNumber;

    /// <summary>An announcement and its place among those of its priority.</summary>
    public readonly record struct Entry(Announcement Announcement, long Number);

    /// <summary>How many wait.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// Adds an announcement. One with the same key that waits already is older news: the newcomer takes its place (a High one never does
    /// and never yields).
    /// </summary>
    /// <param name="newcomer">The announcement.</param>
    /// <param name="replaced">What it has replaced, or null.</param>
    /// <param name="overflowed">What has been dropped for want of room, or null; it may be the newcomer.</param>
    public void Add(Announcement newcomer, out Announcement? replaced, out Announcement? overflowed)
    {
        replaced = overflowed = null;
        int same = newcomer.Priority == AnnouncementPriority.High
            ? -1
            : _entries.FindIndex(entry =>
                entry.Announcement.Priority != AnnouncementPriority.High && entry.Announcement.Key == newcomer.Key);
        if (same >= 0)
        {
            Entry older = _entries[same];
            replaced = older.Announcement;
            long number = older.Announcement.Priority == newcomer.Priority ? older.Number : _nextNumber++;
            _entries[same] = new Entry(newcomer, number);
            return;
        }
        _entries.Add(new Entry(newcomer, _nextNumber++));
        if (_entries.Count <= capacity) return;
        Entry dropped = _entries.MinBy(entry => (entry.Announcement.Priority, entry.Number));
        _entries.Remove(dropped);
        overflowed = dropped.Announcement;
    }

    /// <summary>Takes out the next to be spoken, or null.</summary>
    public Entry? TakeNext()
    {
        if (_entries.Count == 0) return null;
        Entry next = _entries.MinBy(entry => (-(int)entry.Announcement.Priority, entry.Number));
        _entries.Remove(next);
        return next;
    }

    /// <summary>
    /// Puts back one that was interrupted, to its old place: it is the first of its priority again. It may exceed the capacity by this one.
    /// </summary>
    /// <returns>False when a later one with its key waits by now, which says the same in fresher words.</returns>
    public bool TryPutBack(Entry interrupted)
    {
        if (interrupted.Announcement.Priority != AnnouncementPriority.High
            && _entries.Any(entry => entry.Announcement.Key == interrupted.Announcement.Key)) return false;
        _entries.Add(interrupted);
        return true;
    }

    /// <summary>Takes out all.</summary>
    public IReadOnlyList<Announcement> TakeAll()
    {
        Announcement[] all = [.. _entries.Select(entry => entry.Announcement)];
        _entries.Clear();
        return all;
    }
}
