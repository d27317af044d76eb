using DoorbellFace.Application.Page;
using DoorbellFace.Application;
using DoorbellFace.Web.Safety;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>The first run: sets the password. Only a browser on the page's own computer comes here.</summary>
[AllowAnonymous]
public sealed class WelcomeModel(PageParts parts, PageWords words) : DoorPageModel(parts, words)
{
    /// <summary>Why not; null before anything was tried.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Sets it, and lets whoever did so in.</summary>
    public async Task<IActionResult> OnPostAsync(string? password)
    {
        try
        {
            await Task.Run(() => Parts.Access.SetFirst(password ?? ""));
        }
        catch (DoorbellException error) when (error.Kind == ErrorKind.InvalidValue)
        {
            Response.StatusCode = ErrorPages.StatusOf(error.Kind);
            Trouble = Words.Count(Phrase.PasswordRule, Application.Page.PageAccess.ShortestPassword);
            return Page();
        }
        await Sessions.BeginAsync(HttpContext, Parts.Access);
        Note(AuditAct.PasswordSet);
        TempData[SaidKey] = Words[Phrase.PasswordIsSet];
        return LocalRedirect("~/");
    }
}
