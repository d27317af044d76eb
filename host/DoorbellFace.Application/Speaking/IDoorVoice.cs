using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Application.Speaking;

/// <summary>The chime and the voice of a door.</summary>
public interface IDoorVoice : ISpeaker
{
    /// <summary>The chime has begun to sound. Raised by the voice's own thread.</summary>
    event Action<DateTimeOffset>? ChimeStarted;

    /// <summary>A sentence has begun to sound. Raised by the voice's own thread.</summary>
    event Action<Announcement, DateTimeOffset>? UtteranceStarted;

    /// <summary>What became of announcements so far.</summary>
    SpeechCounters Counters { get; }

    /// <summary>Where the sound goes, in words that fit after "to".</summary>
    string OutputDescription { get; }

    /// <summary>Waits until nothing sounds and nothing waits.</summary>
    Task DrainAsync(CancellationToken cancellation);
}
