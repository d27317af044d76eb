using DoorbellFace.Application.People;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>A visit in the words of the page.</summary>
/// <param name="Visit">The visit, with the name of today and its picture's path.</param>
/// <param name="Address">Where all of it is shown.</param>
/// <param name="Who">Who it was.</param>
/// <param name="Sentence">What the doorbell says of it; what its picture shows, too.</param>
/// <param name="When">When it began.</param>
/// <param name="Sure">How sure that is, in sentences; may be empty.</param>
/// <param name="Verdicts">What somebody has said of it since.</param>
public sealed record VisitCard(
    VisitRecord Visit, string Address, string Who, string Sentence, string When, IReadOnlyList<string> Sure,
        IReadOnlyList<VisitVerdict> Verdicts)
{
    /// <summary>Puts it into words.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="words">The words.</param>
    /// <param name="everyone">Who is enrolled.</param>
    public static VisitCard Of(VisitRecord visit, PageWords words, IReadOnlyList<PersonOutline> everyone)
    {
        string who = new VisitSentences(words.Language).Who(visit) ?? words.Language.Say(Core.Languages.Sentence.NobodySeen);
        return new VisitCard(
            visit, $"~/visits/{visit.Id}", char.ToUpperInvariant(who[0]) + who[1..], SentenceOf(visit, words), words.When(visit.StartedAt),
            VisitReports.HowSure(visit, words.Language), VisitCorrection.Of(visit.Id, everyone));
    }

    /// <summary>What the doorbell says of a visit.</summary>
    public static string SentenceOf(VisitRecord visit, PageWords words) => visit.Outcome switch
    {
        VisitOutcome.Open => words[Phrase.LookingWhoItIs],
        VisitOutcome.Interrupted => words[Phrase.Interrupted],
        VisitOutcome.Forgotten => words[Phrase.Forgotten],
        _ => new VisitSentences(words.Language).Answer(visit, isCorrection: false),
    };

    /// <summary>A verdict as a sentence.</summary>
    public static string Words(VisitVerdict verdict, PageWords words) =>
        words.Say(verdict.IsNot ? Phrase.YouSaidNot : Phrase.YouSaid, ("name", verdict.Person.Name));
}
