using System.Globalization;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Visits;

/// <summary>What was at the door, in sentences for the ear.</summary>
/// <param name="visits">The visits that are kept.</param>
/// <param name="language">What it is said in.</param>
/// <param name="time">The clock on the wall, and its time zone.</param>
/// <param name="quiet">When the house is quiet; null: never.</param>
public sealed class VisitReports(VisitService visits, Language language, TimeProvider time, WeeklyTimes? quiet = null)
{
    /// <summary>So far above its threshold an answer is very sure; in cosine, as a single frame that needs no second one.</summary>
    private static readonly float FarAbove = new GalleryPolicyOptions().OverwhelmingSurplus;

    /// <summary>The hour at which nobody asks for the evening before any more.</summary>
    private const int MorningEnds = 12;

    private readonly VisitSentences _sentences = new(language);

    /// <summary>The last visit: when, who, how sure that is, and how often the face was seen.</summary>
    /// <exception cref="DoorbellException">The visits cannot be read.</exception>
    public string LastVisit()
    {
        if (visits.List(1) is not [var visit]) return language.Say(Sentence.NoVisitYet);
        DateTimeOffset at = Local(visit.StartedAt);
        (DateOnly day, DateOnly today) = (DayOf(at), DayOf(time.GetLocalNow()));
        (string, string)[] words =
            [("time", Language.Time(at)), ("day", language.Day(day, today)),
            ("who", _sentences.Who(visit) ?? language.Say(Sentence.NobodySeen))];
        return string.Join(' ', [language.Say(day == today ? Sentence.VisitWas : Sentence.VisitWasOn, words), .. HowSure(visit, language)]);
    }

    /// <summary>
    /// The day so far: how many rings, who came how often, and which ring could not be looked at. In the morning the evening before comes
    /// first, from when the house was quiet: of those rings nothing was said.
    /// </summary>
    /// <exception cref="DoorbellException">The visits cannot be read.</exception>
    public string Today()
    {
        DateTimeOffset now = time.GetLocalNow(), midnight = StartOf(DayOf(now));
        DateTimeOffset since = now.Hour < MorningEnds && quiet?.BeganBefore(midnight.DateTime) is { } began ? InstantOf(began) : midnight;
        ILookup<bool, VisitRecord> rang =
            visits.Since(since).Where(visit => visit.Rings > 0).OrderBy(visit => visit.StartedAt)
                .ToLookup(visit => visit.StartedAt >= midnight);
        string[] evening = [.. Told(Sentence.RingsLastNight, [.. rang[false]])], day = [.. Told(Sentence.TodayRings, [.. rang[true]])];
        return string.Join(' ', [.. evening, .. day.Length > 0 ? day : [language.Say(Sentence.TodayNone)]]);
    }

    private IEnumerable<string> Told(Sentence rings, VisitRecord[] rang) => rang.Length == 0
        ? []
        : [language.Say(rings, rang.Sum(visit => visit.Rings)), .. Callers(rang), .. Missed(rang)];

    private IEnumerable<string> Callers(IReadOnlyList<VisitRecord> rang)
    {
        Visitor[] seen = [.. rang.SelectMany(visit => visit.Visitors())];
        string[] named =
        [
            .. seen.Where(visitor => visitor.Outcome == VisitOutcome.Known)
                .GroupBy(visitor => visitor.Name!)
                .OrderByDescending(visitor => visitor.Count())
                .Select(visitor => language.Say(Sentence.Came, visitor.Count(), ("who", visitor.Key))),
            .. seen.Where(visitor => visitor.Outcome == VisitOutcome.Uncertain)
                .GroupBy(visitor => visitor.Name!)
                .Select(visitor =>
                    language.Say(Sentence.Came, visitor.Count(), ("who", language.Say(Sentence.PartUncertain, ("name", visitor.Key))))),
        ];
        int strangers = seen.Count(visitor => visitor.Outcome == VisitOutcome.Unknown);
        if (strangers > 0) named = [.. named, language.Say(Sentence.PartUnknown, strangers)];
        return named.Length == 0 ? [] : [language.Say(Sentence.CameList, ("who", language.List(named)))];
    }

    /// <summary>Rings of which nothing was told at the time, such as one just before the computer went off.</summary>
    private IEnumerable<string> Missed(IEnumerable<VisitRecord> rang) =>
        from visit in rang
        where visit.Outcome is VisitOutcome.Interrupted or VisitOutcome.NotLookedAt
        select language.Say(Sentence.Missed, ("time", Language.Time(Local(visit.StartedAt))));

    /// <summary>
    /// How sure an answer was, and in how many pictures a face was seen, as sentences; empty where no picture was looked at.
    /// </summary>
    public static IReadOnlyList<string> HowSure(VisitRecord visit, Language language)
    {
        var said = new List<string>();
        if (HowSure(visit) is { } sure) said.Add(language.Say(sure));
        if (visit.FramesSeen > 0)
            said.Add(language.Say(Sentence.SeenIn, ("seen", Digits(visit.FramesWithFace)), ("looked", Digits(visit.FramesSeen))));
        return said;
    }

    /// <summary>How sure an answer was, as a sentence to be said; null where no face was answered for, or a stranger's.</summary>
    public static Sentence? HowSure(VisitRecord visit) => HowSure(visit.Outcome, visit.Figures);

    /// <summary>The same of one face.</summary>
    public static Sentence? HowSure(VisitOutcome outcome, MatchFigures? figures) => outcome switch
    {
        VisitOutcome.Uncertain => Sentence.NotSure,
        VisitOutcome.Known when figures is { Score: { } score, Accept: { } accept } =>
            score - accept >= FarAbove ? Sentence.VerySure : Sentence.Sure,
        VisitOutcome.Known => Sentence.Sure,
        _ => null,
    };

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);

    /// <summary>The first instant of a day here; a day on which the clock is set may begin with another offset than it ends with.</summary>
    private DateTimeOffset StartOf(DateOnly day) => InstantOf(day.ToDateTime(TimeOnly.MinValue));

    private DateTimeOffset InstantOf(DateTime local) => new(local, time.LocalTimeZone.GetUtcOffset(local));

    private static DateOnly DayOf(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
