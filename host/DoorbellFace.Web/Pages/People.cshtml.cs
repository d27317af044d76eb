using DoorbellFace.Application.People;
using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Who is known, and how somebody becomes known.</summary>
[RequestSizeLimit(DoorPage.MostUploadBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = DoorPage.MostUploadBytes, MemoryBufferThreshold = (int)DoorPage.MostUploadBytes,
    ValueCountLimit = EnrollingPageModel.MostFiles)]
public sealed class PeopleModel(PageParts parts, PageWords words, PhotoLessons lessons, DoorLessons atDoor)
    : EnrollingPageModel(parts, words, lessons)
{
    /// <summary>Who is known, by name.</summary>
    public IReadOnlyList<PersonOutline> Everyone { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public void OnGet() => Everyone = Parts.People.List();

    /// <summary>Learns somebody from photos.</summary>
    public Task<IActionResult> OnPostEnrolAsync(string? name, List<IFormFile>? photos) =>
        EnrolAsync("~/people", name, photos);

    /// <summary>Begins to enrol whoever stands at the door.</summary>
    public async Task<IActionResult> OnPostAtDoorAsync(string? name, bool anyway)
    {
        DoorLesson? lesson = null;
        IActionResult answer = await DoAsync("~/people", async () =>
        {
            lesson = atDoor.Begin(name ?? "", anyway);
            // What speaks against it does so at once.
            await Task.WhenAny(lesson.End, Task.Delay(TimeSpan.FromSeconds(1), Parts.Time, HttpContext.RequestAborted));
            return lesson.Trouble is { } trouble ? throw trouble : Words[Phrase.CoachBegins];
        });
        return lesson is null or { Trouble: not null } ? answer : LocalRedirect(AtDoorModel.Here);
    }
}
