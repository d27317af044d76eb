using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
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
public sealed record VisitCard(VisitRecord Visit, string Address, string Who, string Sentence, string When, IReadOnlyList<string> Sure)
{
    /// <summary>Puts it into words.</summary>
    public static VisitCard Of(VisitRecord visit, PageWords words)
    {
        var sentences = new VisitSentences(words.Language);
        string sentence = visit.Outcome switch
        {
            VisitOutcome.Open => words[Phrase.LookingWhoItIs],
            VisitOutcome.Interrupted => words[Phrase.Interrupted],
            VisitOutcome.Forgotten => words[Phrase.Forgotten],
            _ => sentences.Answer(visit, isCorrection: false),
        };
        string who = sentences.Who(visit) ?? words.Language.Say(Core.Languages.Sentence.NobodySeen);
        return new VisitCard(visit, $"/visits/{visit.Id}", char.ToUpperInvariant(who[0]) + who[1..], sentence, words.When(visit.StartedAt), VisitReports.HowSure(visit, words.Language));
    }
}
