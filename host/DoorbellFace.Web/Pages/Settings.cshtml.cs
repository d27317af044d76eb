using DoorbellFace.Application;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Rules;
using DoorbellFace.Web.Safety;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>How the voice sounds, with a trial; password and sessions.</summary>
public sealed class SettingsModel(PageParts parts, PageWords words, LoginLimit limit) : DoorPageModel(parts, words)
{
    private const string Here = "~/settings";

    /// <summary>Where the sound goes.</summary>
    public string Sound => Parts.Door.Facts.Sound;

    /// <summary>What the doorbell speaks.</summary>
    public string SpokenLanguage => Parts.Language.Name;

    /// <summary>How fast it speaks without a rule.</summary>
    public int UsualPace => Parts.WordsPerMinute;

    /// <summary>The rules of the house.</summary>
    public HouseRules Rules { get; private set; } = HouseRules.None;

    /// <summary>Shows them.</summary>
    public void OnGet() => Rules = Parts.Rules.Read();

    /// <summary>
    /// Sets how the voice sounds, and lets it be heard: what a stranger's ring would sound like, in the doorbell's own language.
    /// </summary>
    public Task<IActionResult> OnPostVoiceAsync(string? pace, string? volume, bool muted) => DoAsync(Here, async () =>
    {
        Parts.Rules.Change(rules =>
        {
            rules = Set(rules, "pace", string.IsNullOrWhiteSpace(pace) ? RulesEdit.Usual : pace);
            return Set(rules, "volume", string.IsNullOrWhiteSpace(volume) ? RulesEdit.Usual : volume) with { IsMuted = muted };
        });
        Note(AuditAct.SettingsChanged);
        // The door takes rules over four times a second.
        await Task.Delay(TimeSpan.FromSeconds(0.5), Parts.Time, HttpContext.RequestAborted);
        Parts.Door.Say(Parts.Language.Say(Sentence.NotLookedAt));
        return Words[Phrase.SavedAndSaid];
    });

    /// <summary>Sets another password; this browser stays in, and every other is out.</summary>
    public Task<IActionResult> OnPostPasswordAsync(string? present, string? password) => DoAsync(Here, async () =>
    {
        // Whoever finds a browser that is logged in must not find out the password with it.
        string address = $"settings {HttpContext.Connection.RemoteIpAddress}";
        if (limit.Try(address) is { } wait)
            throw new DoorbellException(ErrorKind.Refused, Words.Count(Phrase.TooManyTries, (int)Math.Ceiling(wait.TotalMinutes)));
        await Task.Run(() => Parts.Access.Change(present ?? "", password ?? ""));
        limit.Forget(address);
        Note(AuditAct.PasswordSet);
        await Safety.Sessions.BeginAsync(HttpContext, Parts.Access);
        return Words[Phrase.PasswordIsSet];
    });

    /// <summary>Ends every session, this one among them.</summary>
    public IActionResult OnPostEverywhere()
    {
        Parts.Access.LogOutEverywhere();
        Note(AuditAct.LoggedOutEverywhere);
        TempData[SaidKey] = Words[Phrase.LoggedOutEverywhere];
        return LocalRedirect("~/login");
    }

    /// <summary>A rule for everybody that names nobody.</summary>
    private static HouseRules Set(HouseRules rules, string what, string value) => RulesEdit.Set(rules, what, value, _ => default(PersonId));
}
