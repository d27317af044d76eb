using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Photos of somebody that are being looked at: how far that is, whom they show, and what is doubted.</summary>
public sealed class LessonModel(PageParts parts, PageWords words, PhotoLessons lessons) : DoorPageModel(parts, words)
{
    /// <summary>What is answered or asked again comes after this.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    /// <summary>Which.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    /// <summary>The lesson.</summary>
    public PhotoLesson Lesson { get; private set; } = null!;

    /// <summary>How many photos have been looked at.</summary>
    public string Progress => Words.Say(Phrase.PhotosDone, ("done", $"{Lesson.Done}"), ("all", $"{Lesson.Photos}"));

    private string After => Url.IsLocalUrl(To) ? To! : "~/people";

    /// <summary>The page of a lesson.</summary>
    /// <param name="lesson">Which.</param>
    /// <param name="to">The page to go on with.</param>
    public static string AddressOf(PhotoLesson lesson, string to) =>
        $"~/people/photos/{lesson.Id}?to={Uri.EscapeDataString(to)}";

    /// <summary>Serves how far it is to a page that asks every second, and the faces of a question.</summary>
    internal static void Map(WebApplication page)
    {
        page.MapGet("/people/photos/{id:guid}/progress", (Guid id, PhotoLessons lessons) =>
        {
            PhotoLesson? lesson = lessons.Find(id);
            return Results.Json(new { isLooking = lesson?.State == LessonState.Looking, done = lesson?.Done, all = lesson?.Photos });
        });
        page.MapGet("/people/photos/{id:guid}/{photo:int}/{face:int}", (Guid id, int photo, int face, PhotoLessons lessons) =>
            lessons.Find(id)?.Questions.FirstOrDefault(question => question.Photo == photo)?.Faces.ElementAtOrDefault(face) is { } png
                ? Results.Bytes(png, "image/png")
                : Results.NotFound());
    }

    /// <summary>Shows it; at its end it leads on.</summary>
    public Task<IActionResult> OnGetAsync() =>
        (Lesson = Find()).State == LessonState.Ended ? GoOnAsync() : Task.FromResult<IActionResult>(Page());

    /// <summary>Says which faces are meant.</summary>
    public Task<IActionResult> OnPostAnswerAsync()
    {
        Find().Answer(Request.Form.Where(field => field.Key.StartsWith("photo-", StringComparison.Ordinal)).ToDictionary(
            field => Number(field.Key["photo-".Length..]) ?? -1, field => Number(field.Value.ToString())));
        return GoOnAsync();
    }

    /// <summary>Says that the photos are meant.</summary>
    public Task<IActionResult> OnPostSureAsync()
    {
        Find().BeSure();
        return GoOnAsync();
    }

    /// <summary>Ends it.</summary>
    public Task<IActionResult> OnPostCancelAsync()
    {
        Find().Cancel();
        return GoOnAsync();
    }

    private async Task<IActionResult> GoOnAsync()
    {
        Lesson = Find();
        IActionResult answer = await DoAsync(After, async () =>
        {
            await Task.WhenAny(Lesson.Rest, Task.Delay(Short, Parts.Time, HttpContext.RequestAborted));
            return Told(Lesson);
        });
        return Lesson.State == LessonState.Ended ? answer : LocalRedirect(AddressOf(Lesson, After));
    }

    private PhotoLesson Find() =>
        lessons.Find(Id) ?? throw new DoorbellException(ErrorKind.NotFound, "These photos are not here any more.");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
