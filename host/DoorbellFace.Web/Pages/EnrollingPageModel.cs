using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>A page that takes photos.</summary>
/// <param name="parts">What is shown and called.</param>
/// <param name="words">In which language.</param>
/// <param name="lessons">Learns from photos.</param>
public abstract class EnrollingPageModel(PageParts parts, PageWords words, PhotoLessons lessons) : DoorPageModel(parts, words)
{
    /// <summary>Files in one form, archives among them; a folder has many.</summary>
    public const int MostFiles = 400;

    /// <summary>A few photos are learnt by then; for more, a page says how far it is.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    /// <summary>Learns somebody from photos that were sent.</summary>
    /// <param name="to">The page to go on with.</param>
    /// <param name="name">Who.</param>
    /// <param name="photos">The photos.</param>
    protected async Task<IActionResult> EnrolAsync(string to, string? name, IReadOnlyList<IFormFile>? photos)
    {
        PhotoLesson? lesson = null;
        IActionResult answer = await DoAsync(to, async () =>
        {
            lesson = lessons.Begin(name ?? "", await ReadAsync(photos ?? [], HttpContext.RequestAborted));
            await Task.WhenAny(lesson.Rest, Task.Delay(Short, Parts.Time, HttpContext.RequestAborted));
            return Told(lesson);
        });
        return lesson is null or { State: LessonState.Ended } ? answer : LocalRedirect(LessonModel.AddressOf(lesson, to));
    }

    /// <summary>Into memory, and nowhere else: a program that is killed leaves nothing of them.</summary>
    private static async Task<IReadOnlyList<SentPhoto>> ReadAsync(IReadOnlyList<IFormFile> files, CancellationToken stop)
    {
        var photos = new List<SentPhoto>();
        foreach (IFormFile file in files)
        {
            // What is chosen nowhere is sent as an empty file without a name.
            if (file.Length == 0 && file.FileName.Length == 0) continue;
            var content = new byte[file.Length];
            await using Stream stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(content, stop);
            photos.Add(new SentPhoto(NameOf(file, photos.Count + 1), content));
        }
        return photos;
    }

    /// <summary>The name is shown and said, and never a path.</summary>
    private static string NameOf(IFormFile photo, int number)
    {
        string name = string.Concat((photo.FileName.Split('/', '\\').LastOrDefault() ?? "").Where(letter => !char.IsControl(letter)));
        return name.Length is > 0 and <= 60 ? name : $"{number}";
    }
}
