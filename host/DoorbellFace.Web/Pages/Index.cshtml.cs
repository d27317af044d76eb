using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>The door as it stands now, and what may be asked of it.</summary>
public sealed class IndexModel(PageParts parts, PageWords words) : DoorPageModel(parts, words)
{
    private const int MostLatest = 3;

    /// <summary>The door in words.</summary>
    public FactWords Facts { get; private set; } = null!;

    /// <summary>There is a picture of the camera.</summary>
    public bool HasPicture { get; private set; }

    /// <summary>What the picture shows, in words.</summary>
    public string PictureAlt => Facts.State;

    /// <summary>The newest visits.</summary>
    public IReadOnlyList<VisitCard> Latest { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public void OnGet()
    {
        Facts = FactWords.Of(Parts.Door.Facts, Words);
        IReadOnlyList<PersonOutline> everyone = Parts.People.List();
        HasPicture = Parts.Door.Picture is not null;
        Latest = [.. Parts.Visits.Find(new VisitFilter(), MostLatest).Select(visit => VisitCard.Of(visit, Words, everyone))];
    }

    /// <summary>Looks who is there.</summary>
    public Task<IActionResult> OnPostLookAsync() => DoAsync("~/", () => Parts.Door.LookAsync(HttpContext.RequestAborted));

    /// <summary>Says the last sentence again.</summary>
    public Task<IActionResult> OnPostAgainAsync() => DoAsync("~/", () => Parts.Door.SayAgain() ?? Words[Phrase.NothingSaidYet]);

    /// <summary>Rings as a visitor would.</summary>
    public Task<IActionResult> OnPostRingAsync() => DoAsync("~/", () => Parts.Door.RingForTrialAsync(HttpContext.RequestAborted));

    /// <summary>Says what was typed.</summary>
    public Task<IActionResult> OnPostSpeakAsync(string? text) => DoAsync("~/", () =>
    {
        Parts.Door.Say(text ?? "");
        return Words.Say(Phrase.DoorSays, ("sentence", text!.Trim()));
    });
}
