using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DoorbellFace.Web.Pages;

/// <summary>What came of an enrolment, in the words of the page.</summary>
internal static class EnrolmentWords
{
    /// <summary>More would not fit into what a browser keeps until the next page.</summary>
    private const int MostDetails = 6;

    /// <summary>The sentence; what was not taken, and why, waits for the next page beside it.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="words">The words.</param>
    /// <param name="kept">Keeps the details.</param>
    /// <exception cref="DoorbellException">No picture was of use.</exception>
    public static string Of(EnrolmentReport report, PageWords words, ITempDataDictionary kept)
    {
        string[] refused = [.. report.Refused.Select(picture => $"{picture.Picture}: {picture.Reason}")];
        if (refused.Length > 0) kept[DoorPageModel.DetailsKey] = refused.Take(MostDetails).ToArray();
        string name = report.Person.Name;
        if (report.Result.Added.Count == 0 && report.Result.Redundant == 0)
            throw new DoorbellException(ErrorKind.UnusableInput, $"No usable picture of {name}; nothing was saved.");
        if (report.Result.Added.Count == 0) return words.Say(Phrase.NothingNew, ("name", name));
        string said = words.Count(report.IsNew ? Phrase.EnrolledNew : Phrase.Enrolled, report.Result.Added.Count, ("name", name));
        return report.LooksLike is { } other ? $"{said} {words.Say(Phrase.LooksLike, ("other", other))}" : said;
    }
}
