using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Who was there: the newest first, so many on a page.</summary>
public sealed class VisitsModel(PageParts parts, PageWords words) : DoorPageModel(parts, words)
{
    private const int MostOnAPage = 24;

    /// <summary>Which are wanted.</summary>
    [BindProperty(SupportsGet = true, Name = "")]
    public VisitQuery Query { get; set; } = new();

    /// <summary>Who is enrolled.</summary>
    public IReadOnlyList<PersonOutline> Everyone { get; private set; } = [];

    /// <summary>The visits of this page.</summary>
    public IReadOnlyList<VisitCard> Cards { get; private set; } = [];

    /// <summary>The newest visit, where it can be said who it was; null elsewhere.</summary>
    public VisitCard? Newest => Query is { IsAny: false, After: null } && Cards is [{ Visit.PicturePath: not null } newest, ..]
        ? newest
        : null;

    /// <summary>The address of the page after this one; null when this is the last.</summary>
    public string? Older { get; private set; }

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
        Everyone = Parts.People.List();
        IReadOnlyList<VisitRecord> found = Parts.Visits.Find(Query.Filter(Parts.Time.LocalTimeZone), MostOnAPage + 1);
        Cards = [.. found.Take(MostOnAPage).Select(visit => VisitCard.Of(visit, Words, Everyone))];
        if (found.Count > MostOnAPage) Older = (Query with { After = VisitPlace.Of(found[MostOnAPage - 1]) }).Address("~/visits");
    }
}
