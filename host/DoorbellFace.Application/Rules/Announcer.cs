using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Rules;

/// <summary>What is to be said of an event.</summary>
/// <param name="Says">What is spoken now; null when a rule is against it.</param>
/// <param name="Answer">What is answered to whoever asks, whatever the rules are.</param>
public sealed record Planned(Announcement? Says, Announcement Answer);

/// <summary>
/// What is heard at a door by the rules of the house. A fault in here costs the rules and nothing else: then everything is heard.
/// <see cref="ChimePercent"/> may be asked from any task; the rest belongs to the door's worker.
/// </summary>
/// <param name="language">What is said is said in it.</param>
/// <param name="rules">The rules.</param>
/// <param name="zone">Where the clock on the wall hangs.</param>
/// <param name="log">For faults.</param>
public sealed class Announcer(Language language, LiveRules rules, TimeZoneInfo zone, ILogger log)
{
    /// <summary>People whose last announcement is remembered; more do not come to one door within the longest pause.</summary>
    private const int MostRemembered = 1000;

    private readonly AnnouncementPlanner _planner = new(language);
    private readonly RuledSentences _sentences = new(language);
    private readonly Dictionary<PersonId, DateTimeOffset> _saidAt = [];
    private (Announcement What, DateTimeOffset At)? _again;
    private VisitorIdentified? _unsaid;
    private bool _isFaultTold;

    /// <summary>Loudness of the chime, 0 to 100 percent; 0: none.</summary>
    /// <param name="shown">When the bell was rung, as the clock on the wall shows it.</param>
    public int ChimePercent(DateTimeOffset shown)
    {
        try
        {
            return RulePolicy.ChimePercent(rules.Current, Local(shown));
        }
#pragma warning disable CA1031 // Whatever is wrong with the rules, the bell is heard.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(error);
            return 100;
        }
    }

    /// <summary>What is said of an event; null when nothing ever is.</summary>
    /// <param name="happened">What, by the door's steady clock.</param>
    /// <param name="shown">When, as the clock on the wall shows it.</param>
    /// <param name="isAsked">Somebody waits for the answer.</param>
    public Planned? Plan(VisitEvent happened, DateTimeOffset shown, bool isAsked)
    {
        // A new ring speaks for itself, and so does a new answer.
        if (happened is VisitStarted or VisitorRangAgain or VisitorIdentified) _again = null;
        // Whoever was not announced because they had not rung, and rings now, is announced.
        bool ringsNow = happened is VisitorRangAgain && _unsaid?.Visit.Id == happened.Visit.Id;
        VisitorIdentified? identified = ringsNow
            ? _unsaid! with { At = happened.At, Visit = happened.Visit }
            : happened as VisitorIdentified;
        if (identified is null || _planner.Plan(identified) is not { } usual) return null;
        if (ringsNow) usual = usual with { Key = $"{usual.Key}/rang" };
        try
        {
            Planned planned = Plan(identified, usual, Local(shown), isAsked);
            _unsaid = planned.Says is null ? identified : null;
            return planned;
        }
#pragma warning disable CA1031 // Whatever is wrong with the rules, the name is said.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(error);
            return new Planned(usual, usual);
        }
    }

    /// <summary>What is to be said again now; null when nothing is.</summary>
    /// <param name="now">The door's steady clock.</param>
    public Announcement? Tick(DateTimeOffset now)
    {
        if (_again is not { } again || now < again.At) return null;
        _again = null;
        return again.What;
    }

    /// <summary>People were removed: nothing of them is remembered or said any more.</summary>
    public void Forget(IReadOnlySet<PersonId> removed)
    {
        foreach (PersonId person in removed) _saidAt.Remove(person);
        if (removed.Count > 0) (_again, _unsaid) = (null, null);
    }

    private Planned Plan(VisitorIdentified identified, Announcement usual, DateTime local, bool isAsked)
    {
        HouseRules now = rules.Current;
        VisitRecord visit = identified.Visit;
        bool rang = visit.Rings > 0;
        IReadOnlyList<Visitor> visitors = identified.Joined.Count > 0 ? identified.Joined : visit.Visitors();
        var asked = new RuleMoment(local, rang, IsAsked: true);
        Announcement answer = Worded(identified, usual, RulePolicy.Decide(now, visitors, asked), now)!;
        if (isAsked || (visit.StartedBy == VisitStart.Look && !rang)) return new Planned(answer, answer);

        RuleDecision decision =
            RulePolicy.Decide(now, visitors, new RuleMoment(local, rang, SinceSaid: visitor => Since(visitor, identified.At)));
        Announcement? says = Worded(identified, usual, decision, now);
        foreach (PersonId person in decision.Visitors.Where(visitor => visitor.IsSaid).Select(visitor => visitor.Visitor.Person)
            .OfType<PersonId>()) Remember(person, identified.At);
        if (says is not null && rang && now.SayAgainAfter is { } wait)
            _again = (says with { Key = $"{says.Key}/again", StaleAfter = null, DecidedAt = null }, identified.At + wait);
        return new Planned(says, answer);
    }

    private Announcement? Worded(VisitorIdentified identified, Announcement usual, RuleDecision decision, HouseRules now)
    {
        if (_sentences.Answer(identified, decision, now, aloud: false) is not { } text) return null;
        string aloud = _sentences.Answer(identified, decision, now, aloud: true)!;
        return usual with
        {
            Text = text, Aloud = aloud == text ? null : aloud, LoudnessPercent = decision.VolumePercent,
            WordsPerMinute = now.WordsPerMinute,
        };
    }

    private TimeSpan? Since(Visitor visitor, DateTimeOffset now) =>
        visitor.Person is { } person && _saidAt.TryGetValue(person, out DateTimeOffset at) ? now - at : null;

    private void Remember(PersonId person, DateTimeOffset at)
    {
        if (_saidAt.Count >= MostRemembered) _saidAt.Clear();
        _saidAt[person] = at;
    }

    private DateTime Local(DateTimeOffset shown) => TimeZoneInfo.ConvertTime(shown, zone).DateTime;

    private void Tell(Exception error)
    {
        if (!_isFaultTold) log.LogError(error, "The rules of the house have failed; everything is said.");
        _isFaultTold = true;
    }
}
