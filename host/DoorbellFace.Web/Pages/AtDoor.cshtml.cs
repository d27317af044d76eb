using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Languages;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Somebody stands at the door and is being enrolled: what the coach says there.</summary>
public sealed class AtDoorModel(PageParts parts, PageWords words, DoorLessons lessons) : DoorPageModel(parts, words)
{
    /// <summary>The address of the page.</summary>
    public const string Here = "~/people/door";

    /// <summary>The enrolment.</summary>
    public DoorLesson Lesson { get; private set; } = null!;

    /// <summary>What the coach speaks.</summary>
    public Language SpokenLanguage => Parts.Language;

    /// <summary>The last sentence of the coach; empty before the first.</summary>
    public string LastSaid => Lesson.Said is [.., var last] ? last : "";

    /// <summary>Serves what the coach says, to a page that asks often.</summary>
    internal static void Map(WebApplication page) =>
        page.MapGet("/people/door/progress", (int? after, DoorLessons lessons) => Results.Json(new
        {
            isOver = lessons.Last?.IsOver ?? true,
            lines = lessons.Last?.Said.Skip(after ?? 0) ?? [],
        }));

    /// <summary>Shows it; at its end it leads on.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (lessons.Last is not { } lesson) return LocalRedirect("~/people");
        Lesson = lesson;
        return lesson.IsOver ? await GoOnAsync() : Page();
    }

    /// <summary>Ends it.</summary>
    public Task<IActionResult> OnPostCancelAsync()
    {
        if (lessons.Last is not { } lesson) return Task.FromResult<IActionResult>(LocalRedirect("~/people"));
        (Lesson = lesson).Cancel();
        return GoOnAsync();
    }

    private Task<IActionResult> GoOnAsync() => DoAsync("~/people", async () =>
    {
        await Lesson.End;
        if (Lesson.Trouble is { } trouble) throw trouble;
        if (Lesson.Report is { } report) return Learnt(report);
        return Lesson.IsCancelled
            ? Words[Phrase.LessonCancelled]
            : throw new DoorbellException(ErrorKind.UnusableInput, LastSaid.Length > 0 ? LastSaid : Words[Phrase.WentWrong]);
    });
}
