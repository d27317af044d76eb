using System.Collections.Concurrent;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Says what the planner makes of a visit event, and remembers what each sentence is the answer to.</summary>
internal sealed class SpeechSink(AnnouncementPlanner planner, ISpeaker speaker) : IVisitSink
{
    private readonly ConcurrentDictionary<Announcement, VisitEvent> _answers = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        if (planner.Plan(visitEvent) is not { } announcement) return;
        _answers[announcement] = visitEvent;
        speaker.Speak(announcement);
    }

    /// <summary>What a sentence that is being spoken is the answer to; null if it came from elsewhere.</summary>
    public VisitEvent? AnsweredBy(Announcement announcement) => _answers.GetValueOrDefault(announcement);

    /// <summary>The sentence has been spoken or given up.</summary>
    public void Forget(Announcement announcement) => _answers.TryRemove(announcement, out _);
}
