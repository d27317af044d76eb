using DoorbellFace.Application.Page;
using DoorbellFace.Application;
using DoorbellFace.Core.Languages;
using DoorbellFace.Web.Safety;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Password, sessions, and a trial of the sound.</summary>
public sealed class SettingsModel(PageParts parts, PageWords words, LoginLimit limit) : DoorPageModel(parts, words)
{
    private const string Here = "/settings";

    /// <summary>Where the sound goes.</summary>
    public string Sound => Parts.Door.Facts.Sound;

    /// <summary>Says what a stranger's ring would sound like, in the doorbell's own language.</summary>
    public Task<IActionResult> OnPostSpeakAsync() => DoAsync(Here, () =>
    {
        string sentence = Parts.Language.Say(Sentence.NotLookedAt);
        Parts.Door.Say(sentence);
        return Words.Say(Phrase.DoorSays, ("sentence", sentence));
    });

    /// <summary>Sets another password; this browser stays in, and every other is out.</summary>
    public Task<IActionResult> OnPostPasswordAsync(string? present, string? password) => DoAsync(Here, async () =>
    {
        // Whoever finds a browser that is logged in must not find out the password with it.
        string address = $"settings {HttpContext.Connection.RemoteIpAddress}";
        if (limit.Try(address) is { } wait) throw new DoorbellException(ErrorKind.Refused, Words.Count(Phrase.TooManyTries, (int)Math.Ceiling(wait.TotalMinutes)));
        await Task.Run(() => Parts.Access.Change(present ?? "", password ?? ""));
        limit.Forget(address);
        await Sessions.BeginAsync(HttpContext, Parts.Access);
        return Words[Phrase.PasswordIsSet];
    });

    /// <summary>Ends every session, this one among them.</summary>
    public IActionResult OnPostEverywhere()
    {
        Parts.Access.LogOutEverywhere();
        TempData[SaidKey] = Words[Phrase.LoggedOutEverywhere];
        return LocalRedirect("/login");
    }
}
