using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using Xunit;

namespace DoorbellFace.Core.Tests.Announcements;

public sealed class EarlierVisitsTests
{
    /// <summary>Saturday.</summary>
    private static readonly DateTime Now = new(2026, 11, 28, 18, 0, 0);

    private static readonly DateTime Today = new(2026, 11, 28, 14, 10, 0), TodayEarlier = new(2026, 11, 28, 9, 0, 0),
        Yesterday = new(2026, 11, 27, 17, 0, 0), Monday = new(2026, 11, 23, 8, 5, 0), LongAgo = new(2026, 11, 3, 12, 0, 0);

    public static TheoryData<string, DateTime[], string> Sentences => new()
    {
        { "en", [Yesterday, Monday], "They were here yesterday at 17:00 and on Monday." },
        { "en", [LongAgo], "They were here on 3 November." },
        { "en", [Today, TodayEarlier], "They were here today at 14:10, twice in all." },
        { "en", [Today, Yesterday, Monday, LongAgo], "They were here today at 14:10 and yesterday at 17:00, four times in all." },
        { "de", [Yesterday, Monday], "Diese Person war schon gestern um 17:00 und am Montag hier." },
        { "de", [Today, TodayEarlier], "Diese Person war schon heute um 14:10 hier, insgesamt zweimal." },
        { "he", [Yesterday, Monday], "האדם הזה כבר היה כאן אתמול בשעה 17:00 וביום שני." },
        { "he", [Today, TodayEarlier], "האדם הזה כבר היה כאן היום בשעה 14:10, פעמיים בסך הכול." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_latest_two_days_are_named(string tag, DateTime[] before, string expected) =>
        Assert.Equal(expected, EarlierVisits.Say(Language.Find(tag)!, before, Now));
}
