using DoorbellFace.Application.Page;
using DoorbellFace.Core.Identity;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>Who did what by the page, by tokens and at the console.</summary>
public sealed class AuditModel(PageParts parts, PageWords words) : DoorPageModel(parts, words)
{
    private const int Most = 200;

    /// <summary>When, what, and from which address or by which token, null at the console; the newest first.</summary>
    public IReadOnlyList<(string When, string What, string? From)> Entries { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public void OnGet()
    {
        IReadOnlyDictionary<PersonId, string> names = Parts.People.Names();
        Entries =
        [
            .. Parts.Audit.Last(Most).Select(entry => (Words.When(entry.At), Words.Say(PhraseOf(entry.Act),
                ("name", entry.Person is { } person ? names.GetValueOrDefault(person, Words[Phrase.SomebodyForgotten]) : "")),
                IsAtConsole(entry) ? null : entry.Who)),
        ];
    }

    /// <summary>A token may be called by that word, and does but one thing.</summary>
    private static bool IsAtConsole(AuditEntry entry) => entry.Who == AuditLog.Console && entry.Act != AuditAct.SpokenByToken;

    private static Phrase PhraseOf(AuditAct act) => Enum.Parse<Phrase>($"Act{act}");
}
