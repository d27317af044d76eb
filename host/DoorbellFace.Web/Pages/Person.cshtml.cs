using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>One person: their pictures, what is heard of them, their name, and how they are forgotten.</summary>
[RequestSizeLimit(UploadedPhotos.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedPhotos.MostBytes)]
public sealed class PersonModel(PageParts parts, PageWords words, ToolRoom tools) : EnrollingPageModel(parts, words, tools)
{
    /// <summary>Which: their id.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>The person.</summary>
    public PersonOutline Person { get; private set; } = null!;

    /// <summary>Everybody else.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>What is set for them.</summary>
    public PersonRules Rules { get; private set; } = PersonRules.None;

    private string Here => $"~/people/{Id}";

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
        IReadOnlyList<PersonOutline> everyone = Parts.People.List();
        Person = PersonPlaces.Find(everyone, Id, Words);
        Others = [.. everyone.Where(person => person.Id != Person.Id).Select(person => person.Name)];
        Rules = Parts.Rules.Read().Of(Person.Id);
    }

    /// <summary>Learns more photos of them.</summary>
    public Task<IActionResult> OnPostEnrolAsync(List<IFormFile>? photos, bool anyway) => EnrolAsync(Here, Find().Name, photos, anyway);

    /// <summary>Takes a picture away from them.</summary>
    public Task<IActionResult> OnPostRemovePictureAsync(string? picture) => DoAsync(Here, () =>
    {
        Parts.People.RemovePicture(Find().Name, picture ?? "");
        return Words[Phrase.PictureRemoved];
    });

    /// <summary>Sets what is heard of them, and says the name as it sounds now.</summary>
    public Task<IActionResult> OnPostRulesAsync(string? sayAs, bool silent) => DoAsync(Here, () =>
    {
        PersonOutline person = Find();
        HouseRules rules = Parts.Rules.Change(rules =>
        {
            PersonRules set = RulesEdit.Set(rules.Of(person.Id), "say-as", string.IsNullOrWhiteSpace(sayAs) ? RulesEdit.Usual : sayAs);
            return rules.With(person.Id, set with { IsSilent = silent });
        });
        Parts.Door.Say(Parts.Language.Say(Sentence.Known, ("names", rules.Of(person.Id).SayAs ?? person.Name)));
        return Words[Phrase.SavedAndSaid];
    });

    /// <summary>Gives them another name.</summary>
    public Task<IActionResult> OnPostRenameAsync(string? newName, bool anyway) => DoAsync(Here, () =>
    {
        (PersonOutline person, string name) = Parts.People.Rename(Find().Name, newName ?? "", anyway);
        return Words.Say(Phrase.Renamed, ("old", person.Name), ("name", name));
    });

    /// <summary>Forgets them for good.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(bool visits)
    {
        bool isGone = false;
        await DoAsync(Here, async () =>
        {
            string name = Find().Name;
            await Task.Run(() => Parts.People.Forget(name, visits));
            isGone = true;
            return Words.Say(Phrase.PersonDeleted, ("name", name));
        });
        return LocalRedirect(isGone ? "~/people" : Here);
    }

    private PersonOutline Find() => PersonPlaces.Find(Parts.People.List(), Id, Words);
}
