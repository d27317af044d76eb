using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>One visit: its picture, how sure the doorbell was and why, and what somebody who knows better may say of it.</summary>
public sealed class VisitModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>Visits that count as lately.</summary>
    private const int Lately = 50;

    /// <summary>Which: its id.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>Somebody comes to say who it was: what says so has the focus.</summary>
    [BindProperty(SupportsGet = true, Name = "fix")]
    public bool IsToFix { get; set; }

    /// <summary>The visit in words.</summary>
    public VisitCard Card { get; private set; } = null!;

    /// <summary>Whom it may have been, of the people enrolled: whoever came most often lately first.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Whom the doorbell took it for; it may not have been them.</summary>
    public IReadOnlyList<string> Deniable { get; private set; } = [];

    /// <summary>There is a picture that something can be learnt of.</summary>
    public bool CanTeach => Card.Visit.PicturePath is not null;

    private string Here => $"~/visits/{Id}";

    /// <summary>Shows it.</summary>
    public void OnGet()
    {
        IReadOnlyList<PersonOutline> everyone = Parts.People.List();
        VisitRecord visit = Parts.Visits.Show(Id);
        Card = VisitCard.Of(visit, Words, everyone);
        HashSet<string> said = [.. Card.Verdicts.Select(verdict => verdict.Person.Name)];
        Dictionary<PersonId, int> lately = Parts.Visits.Find(new VisitFilter(), Lately).SelectMany(one => one.NamedPeople())
            .CountBy(person => person).ToDictionary();
        // Whom the doorbell named is the last to be meant by somebody who corrects it.
        Names = [.. everyone.Where(person => !said.Contains(person.Name))
            .OrderBy(person => visit.Person == person.Id)
            .ThenByDescending(person => lately.GetValueOrDefault(person.Id))
            .Select(person => person.Name)];
        Deniable = [.. everyone.Where(person => visit.NamedPeople().Contains(person.Id) && !said.Contains(person.Name))
            .Select(person => person.Name)];
    }

    /// <summary>Learns who it was.</summary>
    public Task<IActionResult> OnPostItIsAsync(string? name, bool anyway) => DoAsync(Here, async () =>
    {
        // Somebody has said so in another window, which this one does not show yet.
        if (VisitCorrection.Of(Parts.Visits.Show(Id).Id, Parts.People.List()).FirstOrDefault(verdict => !verdict.IsNot
            && verdict.Person.Name.Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase)) is { } said)
            return Words.Say(Phrase.NothingNew, ("name", said.Person.Name));
        EnrolmentReport report =
            await tools.WorkAsync(networks => Parts.Correction.ItIs(Id, name ?? "", networks, anyway), HttpContext.RequestAborted);
        return Learnt(report);
    });

    /// <summary>Remembers who it was not.</summary>
    public Task<IActionResult> OnPostIsNotAsync(string? name) => DoAsync(Here, async () =>
    {
        bool isKept = await tools.WorkAsync(networks => Parts.Correction.IsNot(Id, name ?? "", networks), HttpContext.RequestAborted);
        if (isKept) Note(AuditAct.Denied, PersonLookup.Require(Parts.People.List(), name ?? "").Id);
        return Words.Say(isKept ? Phrase.RememberedNot : Phrase.NothingToLearn, ("name", name ?? ""));
    });

    /// <summary>Takes back what was said of it.</summary>
    public Task<IActionResult> OnPostTakeBackAsync(string? name) => DoAsync(Here, () =>
    {
        Parts.Correction.TakeBack(Id, name ?? "");
        Note(AuditAct.PictureRemoved);
        return Words[Phrase.TakenBack];
    });

    /// <summary>Says at the door what was said of it.</summary>
    public Task<IActionResult> OnPostPlayAsync() => DoAsync(Here, () =>
    {
        string sentence = new VisitSentences(Parts.Language).Answer(Parts.Visits.Show(Id), isCorrection: false);
        Parts.Door.Say(sentence);
        return Words.Say(Phrase.DoorSays, ("sentence", sentence));
    });

    /// <summary>Deletes it.</summary>
    public Task<IActionResult> OnPostDeleteAsync() => DoAsync("~/visits", () =>
    {
        Parts.Visits.Delete(Id);
        Note(AuditAct.VisitDeleted);
        return Words[Phrase.VisitDeleted];
    });
}
