using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Says what the planner makes of a visit event.</summary>
internal sealed class SpeechSink(AnnouncementPlanner planner, ISpeaker speaker) : IVisitSink
{
    /// <inheritdoc/>
    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        if (planner.Plan(visitEvent) is { } announcement) speaker.Speak(announcement);
    }
}
