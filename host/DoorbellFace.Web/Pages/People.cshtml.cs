using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Who is known, and how somebody becomes known.</summary>
[RequestSizeLimit(UploadedPhotos.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedPhotos.MostBytes)]
public sealed class PeopleModel(PageParts parts, PageWords words, ToolRoom tools) : EnrollingPageModel(parts, words, tools)
{
    /// <summary>Who is known, by name.</summary>
    public IReadOnlyList<PersonOutline> Everyone { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public void OnGet() => Everyone = Parts.People.List();

    /// <summary>Learns somebody from photos.</summary>
    public Task<IActionResult> OnPostEnrolAsync(string? name, List<IFormFile>? photos, bool anyway) =>
        EnrolAsync("~/people", name, photos, anyway);
}
