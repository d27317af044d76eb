using System.Globalization;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>One person: their pictures, what is heard of them, their name, and how they are forgotten.</summary>
[RequestSizeLimit(DoorPage.MostUploadBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = DoorPage.MostUploadBytes, MemoryBufferThreshold = (int)DoorPage.MostUploadBytes,
    ValueCountLimit = EnrollingPageModel.MostFiles)]
public sealed class PersonModel(PageParts parts, PageWords words, PhotoLessons lessons) : EnrollingPageModel(parts, words, lessons)
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

    /// <summary>What is noted of them.</summary>
    public PersonRecord Record { get; private set; } = PersonRecord.None;

    private string Here => $"~/people/{Id}";

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
        IReadOnlyList<PersonOutline> everyone = Parts.People.List();
        Person = PersonPlaces.Find(everyone, Id, Words);
        Others = [.. everyone.Where(person => person.Id != Person.Id).Select(person => person.Name)];
        Rules = Parts.Rules.Read().Of(Person.Id);
        Record = Parts.Records.Of(Person.Id);
    }

    /// <summary>Learns more photos of them.</summary>
    public Task<IActionResult> OnPostEnrolAsync(List<IFormFile>? photos) => EnrolAsync(Here, Find().Name, photos);

    /// <summary>Takes a picture away from them.</summary>
    public Task<IActionResult> OnPostRemovePictureAsync(string? picture) => DoAsync(Here, () =>
    {
        PersonOutline person = Find();
        Parts.People.RemovePicture(person.Name, picture ?? "");
        Note(AuditAct.PictureRemoved, person.Id);
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
        Note(AuditAct.PersonChanged, person.Id);
        Parts.Door.Say(Parts.Language.Say(Sentence.Known, ("names", rules.Of(person.Id).SayAs ?? person.Name)));
        return Words[Phrase.SavedAndSaid];
    });

    /// <summary>Notes what they agreed to, and whether the doorbell knows them for now.</summary>
    public Task<IActionResult> OnPostRecordAsync(string? consent, string? consentDate, bool paused) => DoAsync(Here, () =>
    {
        PersonOutline person = Find();
        DateOnly? date =
            DateOnly.TryParseExact(consentDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                ? day
                : null;
        bool wasPaused = Parts.Records.Of(person.Id).IsPaused;
        Parts.Records.Set(person.Id, new PersonRecord(consent, date, paused));
        Note(AuditAct.PersonChanged, person.Id);
        return wasPaused == paused ? Words[Phrase.RecordSaved]
            : Words.Say(paused ? Phrase.PersonPaused : Phrase.PersonGoesOn, ("name", person.Name));
    });

    /// <summary>Takes along all that is kept of them.</summary>
    public IActionResult OnPostExport()
    {
        PersonOutline person = Find();
        // Whole before it is sent: what cannot be read must not look like a file that is.
        var archive = new MemoryStream();
        Parts.Export.Write(person, archive);
        archive.Position = 0;
        Note(AuditAct.Exported, person.Id);
        return File(archive, "application/zip", $"{person.Id}.zip");
    }

    /// <summary>Gives them another name.</summary>
    public Task<IActionResult> OnPostRenameAsync(string? newName, bool anyway) => DoAsync(Here, () =>
    {
        (PersonOutline person, string name) = Parts.People.Rename(Find().Name, newName ?? "", anyway);
        Note(AuditAct.Renamed, person.Id);
        return Words.Say(Phrase.Renamed, ("old", person.Name), ("name", name));
    });

    /// <summary>Forgets them for good.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(bool visits)
    {
        bool isGone = false;
        await DoAsync(Here, async () =>
        {
            PersonOutline person = Find();
            await Task.Run(() => Parts.People.Forget(person.Name, visits));
            isGone = true;
            Note(AuditAct.PersonDeleted, person.Id);
            return Words.Say(Phrase.PersonDeleted, ("name", person.Name));
        });
        return LocalRedirect(isGone ? "~/people" : Here);
    }

    private PersonOutline Find() => PersonPlaces.Find(Parts.People.List(), Id, Words);
}
