using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application;
using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>What joining two entries would bring, before it is done.</summary>
public sealed class JoinModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>Who would go: their id.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>Who would get the pictures: their name.</summary>
    [BindProperty(SupportsGet = true, Name = "into")]
    public string Into { get; set; } = "";

    /// <summary>What it would bring.</summary>
    public MergePreview Preview { get; private set; } = null!;

    /// <summary>Looks at the pictures of both.</summary>
    public async Task OnGetAsync()
    {
        string name = PersonPlaces.Find(Parts.People.List(), Id, Words).Name;
        Preview = await tools.WorkAsync(networks => Parts.Checks.PreviewMerge(name, Into, networks), HttpContext.RequestAborted);
    }

    /// <summary>Joins them.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        MergeResult? merged = null;
        await DoAsync("~/", async () =>
        {
            PersonOutline goes = PersonPlaces.Find(Parts.People.List(), Id, Words);
            merged = await Task.Run(() => Parts.People.Merge(goes.Name, Into));
            Note(AuditAct.Joined, merged.Stays.Id);
            return Words.Say(Phrase.Merged, ("name", merged.Goes.Name), ("into", merged.Stays.Name));
        });
        return LocalRedirect(merged is null ? "~/people" : $"~/people/{merged.Stays.Id}");
    }
}
