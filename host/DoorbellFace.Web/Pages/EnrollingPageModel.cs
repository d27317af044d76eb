using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>A page that takes photos.</summary>
/// <param name="parts">What is shown and called.</param>
/// <param name="words">In which language.</param>
/// <param name="tools">The networks.</param>
public abstract class EnrollingPageModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>Learns somebody from photos that were sent.</summary>
    /// <param name="to">The page to go on with.</param>
    /// <param name="name">Who.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="anyway">Take them although they may be of somebody else.</param>
    protected Task<IActionResult> EnrolAsync(string to, string? name, IReadOnlyList<IFormFile>? photos, bool anyway) =>
        DoAsync(to, async () =>
    {
        if (photos is null or []) throw new DoorbellException(ErrorKind.InvalidValue, "No photo was sent.");
        using UploadedPhotos kept = await UploadedPhotos.KeepAsync(photos, HttpContext.RequestAborted);
        CancellationToken stop = HttpContext.RequestAborted;
        EnrolmentReport report = await tools.WorkAsync(
            networks => Parts.Enrolment.FromFiles(name ?? "", kept.Files, networks, onPicture: () => { }, anyway, stop), stop);
        return EnrolmentWords.Of(report, Words, TempData, kept.WithNames);
    });
}
