using DoorbellFace.Core.Languages;

namespace DoorbellFace.Core.Announcements;

/// <summary>When a stranger was here before, in words: "They were here yesterday at 17:00 and on Monday."</summary>
public static class EarlierVisits
{
    /// <summary>Days that are named; more would make the sentence longer than anybody listens to at a door.</summary>
    private const int MostDays = 2;

    /// <summary>The sentence.</summary>
    /// <param name="language">Its words.</param>
    /// <param name="before">Local times of the earlier visits, the latest first; one at least. Of each day the latest is named.</param>
    /// <param name="now">Local time.</param>
    public static string Say(Language language, IReadOnlyList<DateTime> before, DateTime now)
    {
        DateTime[] named = [.. before.DistinctBy(at => at.Date).Take(MostDays)];
        string when = language.List([.. named.Select(at => When(language, at, now))]);
        return language.Say(named.Length == before.Count ? Sentence.SeenBefore : Sentence.SeenOften, before.Count, ("when", when));
    }

    private static string When(Language language, DateTime at, DateTime now)
    {
        (string, string) time = ("time", Language.Time(at));
        return (now.Date - at.Date).Days switch
        {
            0 => language.Say(Sentence.EarlierToday, time),
            1 => language.Say(Sentence.EarlierYesterday, time),
            _ => language.Say(Sentence.EarlierOn, ("day", language.Day(DateOnly.FromDateTime(at), DateOnly.FromDateTime(now)))),
        };
    }
}
