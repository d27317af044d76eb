using DoorbellFace.Core.Languages;
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

    private readonly VisitSentences _sentences;

    /// <summary>Speaks in a language.</summary>
    /// <param name="language">Null: English.</param>
    public AnnouncementPlanner(Language? language = null) => _sentences = new VisitSentences(language ?? Language.English);

    /// <summary>What is to be said of an event, or null. The chime is not a sentence: the host sounds it on the press itself.</summary>
    public Announcement? Plan(VisitEvent visitEvent)
    {
        if (visitEvent is not VisitorIdentified identified) return null;
        VisitRecord visit = identified.Visit;
        string text = identified.Joined.Count > 0
            ? _sentences.Joined(identified.Joined)
            : _sentences.Answer(visit, identified.IsCorrection);
        string who =
            string.Join('/', visit.Company.Select(visitor => $"{visitor.Outcome}/{visitor.Name}").Prepend($"{visit.Outcome}/{visit.Name}"));
        string key = visit.StartedBy is VisitStart.Ring or VisitStart.Look ? $"{visit.Id}/{who}" : who;
        return new Announcement(text, AnnouncementPriority.Normal, key, identified.At + FreshFor)
        {
            Visit = visit.Id, DecidedAt = identified.At,
        };
    }
}
