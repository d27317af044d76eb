using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Rules;

/// <summary>The order of precedence as docs/rules.md gives it, from the first to the last, and what is said of those who remain.</summary>
public class RulePolicyTests
{
    private static readonly PersonId AnnaId = Id(1), BenId = Id(2);

    private static readonly Visitor Anna = new(VisitOutcome.Known, AnnaId, "Anna", null, 3, ""),
        Ben = new(VisitOutcome.Known, BenId, "Ben", null, 3, "");

    private static readonly Visitor PerhapsAnna = Anna with { Outcome = VisitOutcome.Uncertain },
        Stranger = new(VisitOutcome.Unknown, null, null, null, 3, "");

    /// <summary>A Sunday, half past ten in the evening, and a Monday at noon.</summary>
    private static readonly DateTime Night = new(2026, 11, 29, 22, 30, 0), Noon = new(2026, 11, 30, 12, 0, 0);

    /// <summary>Every rule there is, all against being heard.</summary>
    private static readonly HouseRules All = new HouseRules
    {
        Quiet = new QuietHours(WeeklyTimes.TryParse("22-7")!) { Chime = ChimeRule.Off },
        Strangers = SayRule.Chime,
        Uncertain = SayRule.Chime,
        RepeatAfter = TimeSpan.FromMinutes(10),
    }.With(AnnaId, new PersonRules { IsSilent = true, Only = WeeklyTimes.TryParse("tue")! });

    private static HouseRules WithoutQuiet => All with { Quiet = null };

    public static TheoryData<string, HouseRules, Visitor, RuleMoment, RuleReason> Order => new()
    {
        { "asked goes before all", All, Anna, new RuleMoment(Night, Rang: true, IsAsked: true), RuleReason.Asked },
        { "asked goes before the rule for strangers", All, Stranger, new RuleMoment(Night, Rang: false, IsAsked: true), RuleReason.Asked },
        { "asked goes before mute", All with { IsMuted = true }, Ben, new RuleMoment(Noon, Rang: true, IsAsked: true), RuleReason.Asked },
        { "mute goes before quiet hours and their exceptions", All with { IsMuted = true, Quiet = All.Quiet! with { Except = [BenId] } },
            Ben, new RuleMoment(Night, Rang: true), RuleReason.Muted },
        { "quiet hours go before silence", All, Anna, new RuleMoment(Night, Rang: true), RuleReason.QuietHours },
        { "quiet hours go before the rule for strangers", All, Stranger, new RuleMoment(Night, Rang: true), RuleReason.QuietHours },
        { "an exception of quiet hours is no exception of silence", All with { Quiet = All.Quiet! with { Except = [AnnaId] } }, Anna,
            new RuleMoment(Night, Rang: true), RuleReason.Silent },
        { "silence goes before times", WithoutQuiet, Anna, new RuleMoment(Noon, Rang: true), RuleReason.Silent },
        { "times go before what was said lately", WithoutQuiet.With(AnnaId,
            new PersonRules { Only = WeeklyTimes.TryParse("tue")! }), Anna, Lately(Noon, rang: false), RuleReason.OtherTimes },
        { "in their times they are said", WithoutQuiet.With(AnnaId,
            new PersonRules { Only = WeeklyTimes.TryParse("mon")! }), Anna, new RuleMoment(Noon, Rang: true), RuleReason.Usual },
        { "strangers", WithoutQuiet, Stranger, Lately(Noon, rang: false), RuleReason.Strangers },
        { "uncertain people", WithoutQuiet, PerhapsAnna, Lately(Noon, rang: false), RuleReason.Uncertain },
        { "silence for Anna hides nobody who only may be Anna", WithoutQuiet with { Uncertain = SayRule.Say }, PerhapsAnna,
            new RuleMoment(Noon, Rang: true), RuleReason.Usual },
        { "quiet hours make no exception for who only may be Anna", All with { Quiet = All.Quiet! with { Except = [AnnaId] } }, PerhapsAnna,
            new RuleMoment(Night, Rang: true), RuleReason.QuietHours },
        { "said lately, and nobody rang", WithoutQuiet, Ben, Lately(Noon, rang: false), RuleReason.SaidLately },
        { "said lately, but a ring always speaks", WithoutQuiet, Ben, Lately(Noon, rang: true), RuleReason.Usual },
        { "said long ago", WithoutQuiet, Ben, new RuleMoment(Noon, Rang: false, SinceSaid: _ =>
            TimeSpan.FromMinutes(10)), RuleReason.Usual },
        { "an exception is said at night", All with { Quiet = All.Quiet! with { Except = [BenId] } }, Ben, new RuleMoment(Night,
            Rang: true), RuleReason.Excepted },
        { "an exception is not repeated at once", All with { Quiet = All.Quiet! with { Except = [BenId] } }, Ben, Lately(Night,
            rang: false), RuleReason.SaidLately },
        { "no rule", HouseRules.None, Stranger, Lately(Night, rang: false), RuleReason.Usual },
    };

    [Theory]
    [MemberData(nameof(Order))]
    public void The_first_that_fits_counts(string what, HouseRules rules, Visitor visitor, RuleMoment moment, RuleReason expected) =>
        Assert.Equal((what, expected), (what, RulePolicy.Decide(rules, [visitor], moment).Visitors.Single().Reason));

    [Fact]
    public void Mute_keeps_the_chime_and_says_nothing_of_somebody_without_a_face()
    {
        RuleDecision muted = RulePolicy.Decide(HouseRules.None with { IsMuted = true }, [], new RuleMoment(Noon, Rang: true));

        Assert.Equal((100, RuleReason.Muted, false), (muted.ChimePercent, muted.WithoutFace, muted.IsSaid));
    }

    [Theory]
    [InlineData(ChimeRule.Usual, 100, 100)]
    [InlineData(ChimeRule.Soft, 100, 25)]
    [InlineData(ChimeRule.Soft, 10, 2)]
    [InlineData(ChimeRule.Off, 100, 0)]
    public void In_quiet_hours_the_chime_is_what_they_say(ChimeRule chime, int volume, int percent)
    {
        HouseRules rules = All with { VolumePercent = volume, Quiet = All.Quiet! with { Chime = chime } };

        Assert.Equal(percent, RulePolicy.ChimePercent(rules, Night));
        Assert.Equal(volume, RulePolicy.ChimePercent(rules, Noon));
    }

    /// <summary>The safety property: outside quiet hours no rule there is takes the chime away.</summary>
    [Fact]
    public void Outside_quiet_hours_the_chime_always_sounds()
    {
        HouseRules rules = All with { VolumePercent = HouseRules.LeastVolume };

        foreach (Visitor visitor in (Visitor[])[Anna, PerhapsAnna, Stranger])
            Assert.Equal(HouseRules.LeastVolume, RulePolicy.Decide(rules, [visitor], new RuleMoment(Noon, Rang: true)).ChimePercent);
    }

    [Fact]
    public void Without_a_face_only_quiet_hours_count()
    {
        Assert.True(RulePolicy.Decide(All, [], new RuleMoment(Noon, Rang: true)).IsSaid);
        Assert.False(RulePolicy.Decide(All, [], new RuleMoment(Night, Rang: true)).IsSaid);
        Assert.True(RulePolicy.Decide(All, [], new RuleMoment(Night, Rang: true, IsAsked: true)).IsSaid);
    }

    [Theory]
    [InlineData("", "Anna and Ben are at the door with someone I don't know.")]
    [InlineData("silent", "Ben is at the door with someone I don't know.")]
    [InlineData("sentence", "The nurse is here. Ben is at the door with someone I don't know.")]
    public void The_sentence_is_made_from_who_remains(string anna, string expected)
    {
        HouseRules rules = HouseRules.None.With(AnnaId, anna switch
        {
            "silent" => new PersonRules { IsSilent = true, Sentence = "The nurse is here." },
            "sentence" => new PersonRules { Sentence = "The nurse is here." },
            _ => PersonRules.None,
        });

        Assert.Equal(expected, Said(rules, aloud: false, Anna, Ben, Stranger));
    }

    [Fact]
    public void A_sentence_of_their_own_is_said_of_nobody_who_only_may_be_them() =>
        Assert.Equal("It may be Anna at the door. I am not sure.",
            Said(HouseRules.None.With(AnnaId, new PersonRules { Sentence = "The nurse is here." }), aloud: false, PerhapsAnna));

    [Fact]
    public void The_voice_gets_the_spelling_and_the_screen_the_name()
    {
        HouseRules rules = HouseRules.None.With(AnnaId, new PersonRules { SayAs = "Ahna" });

        Assert.Equal("Ahna and Ben are at the door.", Said(rules, aloud: true, Anna, Ben));
        Assert.Equal("Anna and Ben are at the door.", Said(rules, aloud: false, Anna, Ben));
    }

    [Fact]
    public void Nothing_is_said_when_nobody_remains() =>
        Assert.Null(Said(HouseRules.None.With(AnnaId, new PersonRules { IsSilent = true }), aloud: false, Anna));

    /// <summary>Without rules every sentence is the one that was said before there were any.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("he")]
    public void Without_rules_everything_is_said_as_usual(string tag)
    {
        Language language = Language.Find(tag)!;
        foreach (Visitor[] visitors in (Visitor[][])[[Anna], [Anna, Ben], [Anna, PerhapsAnna, Stranger, Stranger], [PerhapsAnna],
            [Stranger], []])
        {
            VisitorIdentified happened = Identified(visitors);
            RuleDecision decision = RulePolicy.Decide(HouseRules.None, visitors, new RuleMoment(Night, Rang: true));
            Assert.Equal(new AnnouncementPlanner(language).Plan(happened)!.Text,
                new RuledSentences(language).Answer(happened, decision, HouseRules.None, aloud: true));
        }
    }

    private static string? Said(HouseRules rules, bool aloud, params Visitor[] visitors) => new RuledSentences(Language.English)
        .Answer(Identified(visitors), RulePolicy.Decide(rules, visitors, new RuleMoment(Noon, Rang: true)), rules, aloud);

    private static VisitorIdentified Identified(Visitor[] visitors)
    {
        VisitRecord visit = TestVisits.Open() with { Outcome = VisitOutcome.NoFace };
        if (visitors is [var first, .. var others]) visit = visit with
        {
            Outcome = first.Outcome, Person = first.Person, Name = first.Name, Company = others,
        };
        return new VisitorIdentified(TestVisits.Noon, visit, IsCorrection: false);
    }

    private static RuleMoment Lately(DateTime local, bool rang) => new(local, rang, SinceSaid: _ => TimeSpan.FromMinutes(9));

    private static PersonId Id(int number) => PersonId.Parse($"0190a000-0000-7000-8000-{number:000000000000}");
}
