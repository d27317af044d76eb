using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Announcements;

/// <summary>
/// Decides what is said of what happens at the door. A ring always gets its answer; a visitor who was merely seen is announced under
/// their own key, so that the speaker's cool-down keeps a person who lingers from being announced over and over.
/// </summary>
public sealed class AnnouncementPlanner
{
    /// <summary>News of the door that is older than this is no news.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(20);

    private readonly Phrases _phrases;

    /// <summary>Speaks in the given phrases.</summary>
    public AnnouncementPlanner(Phrases? phrases = null) => _phrases = phrases ?? Phrases.English;

    /// <summary>What is to be said of an event, or null. The chime is not a sentence: the host sounds it on the press itself.</summary>
    public Announcement? Plan(VisitEvent visitEvent)
    {
        if (visitEvent is not VisitorIdentified identified) return null;
        VisitRecord visit = identified.Visit;
        IReadOnlyDictionary<VisitOutcome, string> answers = identified.IsCorrection ? _phrases.Corrections : _phrases.Answers;
        // Somebody indoors asked and nobody rang: where no face is seen, there may be nobody.
        bool nobodyRang = visit is { StartedBy: VisitStart.Look, Rings: 0 } && !identified.IsCorrection;
        string text = (nobodyRang ? _phrases.Unseen.GetValueOrDefault(visit.Outcome) : null) ?? answers[visit.Outcome].Replace("{name}", visit.Name, StringComparison.Ordinal);
        string key = visit.StartedBy is VisitStart.Ring or VisitStart.Look ? $"{visit.Id}/{visit.Outcome}/{visit.Name}" : $"{visit.Outcome}/{visit.Name}";
        return new Announcement(text, AnnouncementPriority.Normal, key, identified.At + FreshFor) { Visit = visit.Id, DecidedAt = identified.At };
    }
}
