using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Tests.Rules;

public sealed class AnnouncerTests
{
    /// <summary>
    /// Clocks go one hour forward on the last Sunday of March at 1:00, and back on the last of October, by universal time.
    /// </summary>
    private static readonly TimeZoneInfo Berlin =
        TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "standard", "summer",
    [
        TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
    ]);

    private readonly RulesInMemory _storage = new();
    private readonly RecordingLogger _log = new();
    private readonly LiveRules _live;
    private readonly Announcer _announcer;

    public AnnouncerTests()
    {
        _live = new LiveRules(_storage, _log);
        _announcer = new Announcer(Language.English, _live, Berlin, _log);
    }

    /// <summary>Quiet hours end at seven by the clock on the wall, in winter and in summer and in the night between.</summary>
    [Theory]
    [InlineData("2026-03-28T05:59:00Z", 25)]
    [InlineData("2026-03-28T06:00:00Z", 100)]
    [InlineData("2026-03-29T04:59:00Z", 25)]
    [InlineData("2026-03-29T05:00:00Z", 100)]
    [InlineData("2026-10-25T05:59:00Z", 25)]
    [InlineData("2026-10-25T06:00:00Z", 100)]
    [InlineData("2026-10-24T20:00:00Z", 25)]
    [InlineData("2026-10-24T19:59:00Z", 100)]
    public void Quiet_hours_follow_the_clock_on_the_wall_over_daylight_saving(string instant, int percent)
    {
        Set("""{ "quiet": { "times": "22-7", "chime": "soft" } }""");

        Assert.Equal(percent, _announcer.ChimePercent(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_a_rule_holds_back_is_still_answered_to_whoever_asks()
    {
        Set("""{ "quiet": { "times": "0-24" } }""");

        Planned held = _announcer.Plan(Anna(VisitStart.Ring), TestVisits.Noon, isAsked: false)!;
        Planned asked = _announcer.Plan(Anna(VisitStart.Ring), TestVisits.Noon, isAsked: true)!;

        Assert.Equal((null, "Anna is at the door."), (held.Says, held.Answer.Text));
        Assert.Equal("Anna is at the door.", asked.Says!.Text);
    }

    [Fact]
    public void What_is_said_of_a_ring_is_said_once_more_unless_something_new_is_said()
    {
        Set("""{ "again_seconds": 30 }""");
        DateTimeOffset at = TestVisits.Noon;

        _announcer.Plan(Anna(VisitStart.Ring), at, isAsked: false);
        Assert.Null(_announcer.Tick(at.AddSeconds(29)));
        Assert.Equal("Anna is at the door.", _announcer.Tick(at.AddSeconds(30))!.Text);
        Assert.Null(_announcer.Tick(at.AddSeconds(90)));

        _announcer.Plan(Anna(VisitStart.Ring), at, isAsked: false);
        _announcer.Plan(new VisitStarted(at.AddSeconds(10), TestVisits.Open()), at, isAsked: false);
        Assert.Null(_announcer.Tick(at.AddSeconds(60)));

        _announcer.Plan(Anna(VisitStart.Face), at, isAsked: false);
        Assert.Null(_announcer.Tick(at.AddSeconds(60)));
    }

    [Fact]
    public void Whoever_was_announced_is_announced_again_after_the_pause_or_at_a_ring()
    {
        Set("""{ "repeat_minutes": 10 }""");
        DateTimeOffset at = TestVisits.Noon;

        Assert.NotNull(Seen(at).Says);
        Assert.Null(Seen(at.AddMinutes(9)).Says);
        Assert.NotNull(_announcer.Plan(Anna(VisitStart.Ring, at.AddMinutes(9.5)), at, isAsked: false)!.Says);
        Assert.Null(Seen(at.AddMinutes(19)).Says);
        Assert.NotNull(Seen(at.AddMinutes(20)).Says);
    }

    /// <summary>Seen a short time after they were announced, and then the bell: a ring always speaks.</summary>
    [Fact]
    public void Whoever_was_held_back_is_announced_when_they_ring()
    {
        Set("""{ "repeat_minutes": 10 }""");
        DateTimeOffset at = TestVisits.Noon;
        string usual = Seen(at).Says!.Key;
        VisitorIdentified again = Anna(VisitStart.Face, at.AddMinutes(2));
        Assert.Null(_announcer.Plan(again, at, isAsked: false)!.Says);

        Planned? rang = _announcer.Plan(new VisitorRangAgain(at.AddMinutes(2.1), again.Visit with { Rings = 1 }), at, isAsked: false);

        Assert.Equal("Anna is at the door.", rang!.Says!.Text);
        Assert.NotEqual(usual, rang.Says.Key);
        Assert.Null(_announcer.Plan(new VisitorRangAgain(at.AddMinutes(2.2), again.Visit with { Rings = 2 }), at, isAsked: false));
    }

    [Fact]
    public void Nobody_who_was_removed_is_said_again()
    {
        Set("""{ "again_seconds": 30 }""");
        _announcer.Plan(Anna(VisitStart.Ring), TestVisits.Noon, isAsked: false);

        _announcer.Forget(new HashSet<Core.Identity.PersonId> { TestVisits.Anna });

        Assert.Null(_announcer.Tick(TestVisits.Noon.AddMinutes(1)));
    }

    [Theory]
    [InlineData("no rules at all")]
    [InlineData("""{ "quiet": { "times": "0-24", "chime": "off" }, "mistake": true }""")]
    public void A_broken_file_silences_nothing_and_is_complained_about_once(string text)
    {
        Set("""{ "quiet": { "times": "0-24", "chime": "off" } }""");
        Assert.Equal(0, _announcer.ChimePercent(TestVisits.Noon));

        Set(text);
        Set(text);

        Assert.True(_live.IsBroken);
        Assert.Single(_log.Warnings);
        Assert.Equal(100, _announcer.ChimePercent(TestVisits.Noon));
        Assert.NotNull(_announcer.Plan(Anna(VisitStart.Ring), TestVisits.Noon, isAsked: false)!.Says);

        Set("{}");
        Assert.False(_live.IsBroken);
    }

    /// <summary>A time that no clock shows, so that the rules throw.</summary>
    [Fact]
    public void A_fault_in_the_rules_costs_the_rules_alone()
    {
        Set("""{ "quiet": { "times": "0-24", "chime": "off" } }""");
        var nowhere = new Announcer(Language.English, _live, zone: null!, _log);

        Assert.Equal(100, nowhere.ChimePercent(TestVisits.Noon));
        Assert.Equal("Anna is at the door.", nowhere.Plan(Anna(VisitStart.Ring), TestVisits.Noon, isAsked: false)!.Says!.Text);
        Assert.Single(_log.Warnings);
    }

    private Planned Seen(DateTimeOffset at) => _announcer.Plan(Anna(VisitStart.Face, at), at, isAsked: false)!;

    private static VisitorIdentified Anna(VisitStart start, DateTimeOffset? at = null) => new(at ?? TestVisits.Noon, TestVisits.Open() with
    {
        StartedBy = start, Rings = start == VisitStart.Ring ? 1 : 0, Outcome = VisitOutcome.Known, Name = "Anna", Person = TestVisits.Anna,
    }, IsCorrection: false);

    private void Set(string text)
    {
        _storage.Write(text);
        _live.Refresh();
    }

    private sealed class RulesInMemory : IRulesStorage
    {
        private int _version;
        private string? _text;

        public string Place => "memory";

        public string Stamp => $"{_version}";

        public string? Read() => _text;

        public void Write(string text) => (_text, _version) = (text, _version + 1);
    }
}
