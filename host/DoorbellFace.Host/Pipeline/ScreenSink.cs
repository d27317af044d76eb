using System.Globalization;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Visits;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Writes what happens at the door on the screen: a line of text for people, or a line of JSON for programs.</summary>
internal sealed class ScreenSink(bool json, AnnouncementPlanner planner) : IVisitSink
{
    /// <inheritdoc/>
    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        Announcement? announcement = planner.Plan(visitEvent);
        if (json)
        {
            Screen.WriteJsonLine(new { @event = NameOf(visitEvent), visitEvent.At, visitEvent.Visit, says = announcement?.Text });
            return;
        }
        string? line = visitEvent switch
        {
            VisitStarted { Visit.StartedBy: VisitStart.Ring } => "The bell rings.",
            VisitorRangAgain => "The bell rings again.",
            VisitorIdentified => announcement is null ? null : $"{announcement.Text}  ({string.Join(" ", visitEvent.Visit.Reasons.TakeLast(1))})",
            VisitEnded => $"The visit is over after {(visitEvent.Visit.EndedAt - visitEvent.Visit.StartedAt)?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s: {VisitWords.Caption(visitEvent.Visit)}.",
            _ => null,
        };
        if (line is not null) Console.Out.WriteLine($"{visitEvent.At.ToLocalTime():HH:mm:ss}  {line}");
    }

    private static string NameOf(VisitEvent visitEvent) => visitEvent switch
    {
        VisitStarted => "visit_started",
        VisitorRangAgain => "rang_again",
        VisitorIdentified => "visitor_identified",
        _ => "visit_ended",
    };
}
