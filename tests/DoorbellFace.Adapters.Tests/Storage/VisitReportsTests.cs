using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Storage;

/// <summary>Reports over a real store, in a time zone two hours ahead: what people hear are the times of their own clock.</summary>
public sealed class VisitReportsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RecordingLogger _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 3, 18, 0, 0, TimeSpan.Zero));

    public VisitReportsTests() =>
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("two ahead", TimeSpan.FromHours(2), "two ahead", "two ahead"));

    [Theory]
    [InlineData("en", "Nobody has rung yet.", "Nobody has rung today.")]
    [InlineData("de", "Es hat noch niemand geklingelt.", "Heute hat niemand geklingelt.")]
    [InlineData("he", "עוד לא היה צלצול.", "היום לא היה צלצול.")]
    public void Without_a_visit_it_says_so(string tag, string last, string today)
    {
        Assert.Equal(last, Reports(tag).LastVisit());
        Assert.Equal(today, Reports(tag).Today());
    }

    [Theory]
    [InlineData("en", "The last visit was at 14:00: Anna. I was very sure. I saw a face in 5 of 6 pictures.")]
    [InlineData("de", "Der letzte Besuch war um 14:00: Anna. Ich war sehr sicher. Auf 5 von 6 Bildern war ein Gesicht zu sehen.")]
    public void The_last_visit_is_told_with_how_sure_it_was(string tag, string expected)
    {
        Keep(TestVisits.Ended());

        Assert.Equal(expected, Reports(tag).LastVisit());
    }

    [Fact]
    public void A_visit_of_yesterday_is_told_with_its_day()
    {
        Keep(TestVisits.Ended(minutes: -24 * 60));

        Assert.StartsWith("The last visit was on Sunday at 14:00: Anna.", Reports("en").LastVisit(), StringComparison.Ordinal);
        Assert.Equal("Nobody has rung today.", Reports("en").Today());
    }

    /// <summary>22:30 UTC of the day before is half past midnight here.</summary>
    [Fact]
    public void A_day_begins_at_midnight_of_the_household()
    {
        Keep(TestVisits.Ended(minutes: -13.5 * 60) with { Rings = 1 }, TestVisits.Ended(minutes: -14.5 * 60) with { Rings = 1 });

        Assert.Equal("One ring today. Anna once.", Reports("en").Today());
    }

    [Theory]
    [InlineData("en", "Five rings today. Anna twice, Ben once and two people I don't know. The bell rang at 15:10 while I could not look.")]
    [InlineData("de",
        "Heute hat es 5 Mal geklingelt. Anna zweimal, Ben einmal und zwei unbekannte Personen. Um 15:10 hat es geklingelt, als ich nicht "
        + "hinsehen konnte.")]
    [InlineData("he", "היום היו 5 צלצולים. Anna פעמיים, Ben פעם אחת ושני אנשים לא מוכרים. בשעה 15:10 היה צלצול כשאי אפשר היה להסתכל.")]
    public void The_day_is_told_in_one_breath(string tag, string expected)
    {
        Visitor stranger = new(VisitOutcome.Unknown, null, null, null, 3, "");
        Keep(
            TestVisits.Ended() with { Rings = 1 },
            TestVisits.Ended(minutes: 20) with { Rings = 1, Company = [stranger] },
            TestVisits.Ended(minutes: 40, name: "Ben") with { Rings = 1 },
            TestVisits.Ended(minutes: 60) with { Rings = 1, Outcome = VisitOutcome.Unknown, Name = null, Person = null },
            TestVisits.Open(minutes: 70) with { EndedAt = TestVisits.Noon.AddMinutes(70), Outcome = VisitOutcome.Interrupted });

        Assert.Equal(expected, Reports(tag).Today());
    }

    /// <summary>The house is quiet from 22:00, and on Friday from 21:00; it is asked on Monday at 8:00 and at 20:00.</summary>
    [Theory]
    [InlineData("en", 8, "Two rings last night. Anna twice. One ring today. Ben once.")]
    [InlineData("de", 8, "Gestern Abend hat es zweimal geklingelt. Anna zweimal. Heute hat es einmal geklingelt. Ben einmal.")]
    [InlineData("he", 8, "אמש היו שני צלצולים. Anna פעמיים. היום היה צלצול אחד. Ben פעם אחת.")]
    [InlineData("en", 20, "One ring today. Ben once.")]
    public void In_the_morning_the_quiet_evening_before_is_told_first(string tag, int hour, string expected)
    {
        Keep(AtLocal(-3, 30), AtLocal(-2, 0), AtLocal(-1, 59), AtLocal(6, 0, "Ben"));

        var asked = new FakeTimeProvider(new DateTimeOffset(2026, 8, 3, hour - 2, 0, 0, TimeSpan.Zero));
        asked.SetLocalTimeZone(_time.LocalTimeZone);

        Assert.Equal(expected, Reports(tag, asked, WeeklyTimes.TryParse("22:00-7:00, fri 21:00-7:00")).Today());
    }

    [Fact]
    public void Who_was_only_seen_is_no_ring()
    {
        Keep(TestVisits.Ended() with { StartedBy = VisitStart.Motion, Rings = 0 });

        Assert.Equal("Nobody has rung today.", Reports("en").Today());
    }

    [Theory]
    [InlineData(0.61f, "I was very sure.")]
    [InlineData(0.35f, "I was sure.")]
    public void How_sure_it_was_follows_from_the_threshold(float score, string expected)
    {
        Keep(TestVisits.Ended() with { Figures = new MatchFigures { Similarity = 0.5f, Score = score, Accept = 0.3f, Reject = 0.2f } });

        Assert.Contains(expected, Reports("en").LastVisit(), StringComparison.Ordinal);
    }

    public void Dispose() => _temporary.Dispose();

    private VisitReports Reports(string tag, TimeProvider? asked = null, WeeklyTimes? quiet = null) => new(
        new VisitService(new SqliteVisitStorage(_temporary.Root, _time, _log), new SqlitePeopleStorage(_temporary.Root, _log), _time),
        Language.Find(tag)!, asked ?? _time, quiet);

    /// <summary>A ring so long after the midnight before Monday; noon of UTC is 14:00 here.</summary>
    private static VisitRecord AtLocal(int hours, int minutes, string name = "Anna") =>
        TestVisits.Ended(minutes: ((hours - 14) * 60) + minutes, name: name) with { Rings = 1 };

    private void Keep(params VisitRecord[] visits)
    {
        using SqliteVisitStore store = SqliteVisitStore.Open(_temporary.Root, StoreAccess.Owner, _time, _log);
        foreach (VisitRecord visit in visits) store.Save(visit);
    }
}
