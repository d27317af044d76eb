using DoorbellFace.Application;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DoorbellFace.Web.Pages;

/// <summary>What every page has: the parts of the door, the words, and one way to say how something went after a form was sent.</summary>
/// <param name="parts">What is shown and called.</param>
/// <param name="words">In which language.</param>
public abstract class DoorPageModel(PageParts parts, PageWords words) : PageModel
{
    /// <summary>
    /// Under these what is to be said waits for the next page: what was done, what was not, details of it, and for whom somebody should say
    /// that they are sure.
    /// </summary>
    public const string SaidKey = "said", TroubleKey = "trouble", DetailsKey = "details", DoubtKey = "doubt";

    /// <summary>What is shown and called.</summary>
    protected PageParts Parts { get; } = parts;

    /// <summary>In which language.</summary>
    protected PageWords Words { get; } = words;

    /// <summary>The name over which a doubt was raised; whoever is sure says so. Null without any.</summary>
    public string? Doubted => TempData.Peek(DoubtKey) as string;

    /// <summary>
    /// Does what a form asks for, says how it went, and leads to a page, so that going back or loading again sends nothing twice.
    /// </summary>
    /// <param name="to">The page to go on with.</param>
    /// <param name="work">Does it; gives the sentence to say.</param>
    protected async Task<IActionResult> DoAsync(string to, Func<Task<string>> work)
    {
        TempData.Remove(DoubtKey);
        try
        {
            TempData[SaidKey] = await work();
        }
        catch (DoorbellException error)
        {
            TempData[TroubleKey] = error.Message;
            if (error.Remedy is { Key: RemedyKey.Confirm, Names: [var name, ..] }) TempData[DoubtKey] = name;
        }
        return LocalRedirect(to);
    }

    /// <summary>Notes who did something, by the address of their browser.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="person">To whom; null when it concerns nobody.</param>
    protected void Note(AuditAct act, PersonId? person = null) =>
        Parts.Audit.Note(act, HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", person);

    /// <summary>What came of an enrolment, as a sentence; it is noted.</summary>
    /// <exception cref="DoorbellException">No picture was of use.</exception>
    protected string Learnt(EnrolmentReport report)
    {
        string said = EnrolmentWords.Of(report, Words, TempData);
        Note(AuditAct.Enrolled, report.Person.Id);
        return said;
    }

    /// <summary>How a lesson stands, as a sentence to be heard.</summary>
    /// <exception cref="DoorbellException">Nothing came of it, or it raises a doubt.</exception>
    protected string Told(PhotoLesson lesson)
    {
        if (lesson.Trouble is { } trouble) throw trouble;
        return lesson.State switch
        {
            LessonState.Looking => Words.Count(Phrase.LookingAtPhotos, lesson.Photos),
            LessonState.Asking => Words.Count(Phrase.WhoIsMeant, lesson.Questions.Count, ("name", lesson.Name)),
            _ => lesson.Report is { } report ? Learnt(report) : Words[Phrase.LessonCancelled],
        };
    }

    /// <summary>The same for what waits for nothing.</summary>
    protected Task<IActionResult> DoAsync(string to, Func<string> work) => DoAsync(to, () => Task.FromResult(work()));
}
