using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Announcements;

/// <summary>How pressing an announcement is. A higher one is spoken before a lower one that still waits.</summary>
public enum AnnouncementPriority
{
    /// <summary>Can wait: an aside.</summary>
    Low,

    /// <summary>Who is at the door.</summary>
    Normal,

    /// <summary>Something the listener must know now, such as a doorbell that has stopped working.</summary>
    High,
}

/// <summary>A sentence to be spoken, decided.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Priority">Its place in the queue.</param>
/// <param name="Key">What it is about: the same key is not repeated within the cool-down.</param>
/// <param name="StaleAfter">An announcement that has not begun by then says something that is no longer so, and is dropped; null:
/// never.</param>
public sealed record Announcement(string Text, AnnouncementPriority Priority, string Key, DateTimeOffset? StaleAfter = null)
{
    /// <summary>The visit that it answers; null when it is about something else.</summary>
    public VisitId? Visit { get; init; }

    /// <summary>When that answer was decided, by the clock that stamps the events; null when it is about something else.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The sentence as the voice is to pronounce it, where that differs from how it is written; null: as it is written.</summary>
    public string? Aloud { get; init; }

    /// <summary>Loudness, 1 to 100 percent of what the voice is set to: 100 by default.</summary>
    public int LoudnessPercent { get; init; } = 100;

    /// <summary>How fast it is spoken, 80 to 450 words a minute; null: as the voice is set.</summary>
    public int? WordsPerMinute { get; init; }
}
