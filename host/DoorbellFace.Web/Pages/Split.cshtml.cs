using DoorbellFace.Application.Page;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Separates pictures of somebody else from a person's: those that look like it are suggested, and somebody says so.</summary>
public sealed class SplitModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>Which person: their id.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>The person.</summary>
    public PersonOutline Person { get; private set; } = null!;

    /// <summary>Pictures that may show somebody else.</summary>
    public IReadOnlySet<SampleId> Suggested { get; private set; } = new HashSet<SampleId>();

    /// <summary>Looks at the pictures.</summary>
    public async Task OnGetAsync()
    {
        Person = PersonPlaces.Find(Parts.People.List(), Id, Words);
        string name = Person.Name;
        Suggested = (await tools.WorkAsync(networks => Parts.Checks.SuggestSplit(name, networks), HttpContext.RequestAborted)).ToHashSet();
    }

    /// <summary>Makes a person of their own of the pictures.</summary>
    public async Task<IActionResult> OnPostAsync(string? newName, string[]? picture)
    {
        PersonId? made = null;
        await DoAsync("~/", () =>
        {
            PersonOutline person = PersonPlaces.Find(Parts.People.List(), Id, Words);
            SampleId[] chosen = [.. (picture ?? []).Select(text => Guid.TryParseExact(text, "D", out Guid id)
                ? new SampleId(id)
                : throw new DoorbellException(ErrorKind.InvalidValue, $"\"{text}\" names no picture."))];
            PersonOutline fresh = Parts.People.Split(person.Name, newName ?? "", chosen);
            made = fresh.Id;
            Note(AuditAct.Separated, fresh.Id);
            return Words.Count(Phrase.WasSplit, chosen.Length, ("name", fresh.Name));
        });
        return LocalRedirect(made is null ? $"~/people/{Id}/split" : $"~/people/{made}");
    }
}
