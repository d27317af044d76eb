using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Announcements;

public class VisitSentencesTests
{
    private static readonly Visitor Anna = Of(VisitOutcome.Known, "Anna"), Ben = Of(VisitOutcome.Known, "Ben"),
        Clara = Of(VisitOutcome.Known, "Clara"),
        PerhapsBen = Of(VisitOutcome.Uncertain, "Ben"), Stranger = Of(VisitOutcome.Unknown, null);

    public static TheoryData<string, string, string, string> Spoken => new()
    {
        { "A", "Anna is at the door.", "Anna ist an der Tür.", "Anna ליד הדלת." },
        { "AB", "Anna and Ben are at the door.", "Anna und Ben sind an der Tür.", "Anna וBen ליד הדלת." },
        { "ABC", "Anna, Ben and Clara are at the door.", "Anna, Ben und Clara sind an der Tür.", "Anna, Ben וClara ליד הדלת." },
        { "A?", "Anna is at the door with someone who may be Ben.", "Anna ist an der Tür, mit einer Person, die Ben sein könnte.",
            "Anna ליד הדלת, עם אולי Ben." },
        { "Ax", "Anna is at the door with someone I don't know.", "Anna ist an der Tür, mit einer unbekannten Person.",
            "Anna ליד הדלת, עם מישהו לא מוכר." },
        { "Axx", "Anna is at the door with two people I don't know.", "Anna ist an der Tür, mit zwei unbekannten Personen.",
            "Anna ליד הדלת, עם שני אנשים לא מוכרים." },
        { "ABx", "Anna and Ben are at the door with someone I don't know.", "Anna und Ben sind an der Tür, mit einer unbekannten Person.",
            "Anna וBen ליד הדלת, עם מישהו לא מוכר." },
        { "?", "It may be Ben at the door. I am not sure.", "Vielleicht ist Ben an der Tür. Ich bin nicht sicher.",
            "ייתכן שBen ליד הדלת. זה לא ודאי." },
        { "?x", "Someone who may be Ben and someone I don't know are at the door.",
            "Vielleicht Ben und eine unbekannte Person sind an der Tür.", "אולי Ben ומישהו לא מוכר ליד הדלת." },
        { "x", "Someone I don't know is at the door.", "Jemand, den ich nicht kenne, ist an der Tür.", "מישהו לא מוכר ליד הדלת." },
        { "xxx", "Three people I don't know are at the door.", "Drei Personen, die ich nicht kenne, sind an der Tür.",
            "שלושה אנשים לא מוכרים ליד הדלת." },
    };

    [Theory]
    [MemberData(nameof(Spoken))]
    public void Everybody_who_stands_there_is_spoken_of(string who, string english, string german, string hebrew)
    {
        Assert.Equal(english, Say("en", who));
        Assert.Equal(german, Say("de", who));
        Assert.Equal(hebrew, Say("he", who));
    }

    [Theory]
    [InlineData("A", "Anna is there too.")]
    [InlineData("Ax", "Anna and someone I don't know are there too.")]
    [InlineData("x", "Someone I don't know is there too.")]
    [InlineData("xx", "Two people I don't know are there too.")]
    public void Who_comes_later_is_spoken_of_alone(string who, string sentence) =>
        Assert.Equal(sentence, new VisitSentences(Language.English).Joined(Visitors(who)));

    [Theory]
    [InlineData("A", "Now I see: it is Anna.")]
    [InlineData("AB", "Now I see: it is Anna and Ben.")]
    [InlineData("Ax", "Now I see: it is Anna, with someone I don't know.")]
    [InlineData("xx", "Now I see faces: two people I don't know.")]
    public void A_better_answer_says_that_it_is_one(string who, string sentence) =>
        Assert.Equal(sentence, new VisitSentences(Language.English).Answer(Visit(who), isCorrection: true));

    private static string Say(string tag, string who) => new VisitSentences(Language.Find(tag)!).Answer(Visit(who), isCorrection: false);

    private static VisitRecord Visit(string who)
    {
        Visitor[] visitors = Visitors(who);
        return new VisitRecord
        {
            Id = new VisitId(Guid.NewGuid()),
            StartedAt = DateTimeOffset.UnixEpoch,
            StartedBy = VisitStart.Ring,
            Rings = 1,
            Outcome = visitors[0].Outcome,
            Name = visitors[0].Name,
            Company = visitors[1..],
        };
    }

    private static Visitor[] Visitors(string who) =>
        [.. who.Select(letter => letter switch { 'A' => Anna, 'B' => Ben, 'C' => Clara, '?' => PerhapsBen, _ => Stranger })];

    private static Visitor Of(VisitOutcome outcome, string? name) => new(outcome, null, name, null, 2, "");
}
