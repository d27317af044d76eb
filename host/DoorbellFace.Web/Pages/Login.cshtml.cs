using DoorbellFace.Application.Page;
using DoorbellFace.Web.Safety;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Asks for the password.</summary>
[AllowAnonymous]
public sealed class LoginModel(PageParts parts, PageWords words, LoginLimit limit) : DoorPageModel(parts, words)
{
    /// <summary>One password is tried at a time: trying costs the processor a tenth of a second, and the door needs it as well.</summary>
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(Name = "to", SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>What whoever runs the door types to take the password back.</summary>
    public string ResetCommand => Parts.ResetCommand;

    /// <summary>Why not; null before anything was tried.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whoever is in needs no login.</summary>
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Target) : Page();

    /// <summary>Tries a password.</summary>
    public async Task<IActionResult> OnPostAsync(string? password)
    {
        string address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limit.Try(address) is { } wait)
        {
            Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Trouble = Words.Count(Phrase.TooManyTries, (int)Math.Ceiling(wait.TotalMinutes));
            return Page();
        }
        await One.WaitAsync(HttpContext.RequestAborted);
        bool isRight;
        try
        {
            isRight = await Task.Run(() => Parts.Access.IsRight(password ?? ""));
        }
        finally
        {
            One.Release();
        }
        if (!isRight)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Note(AuditAct.LoginFailed);
            Trouble = Words[Phrase.WrongPassword];
            return Page();
        }
        limit.Forget(address);
        await Sessions.BeginAsync(HttpContext, Parts.Access);
        Note(AuditAct.LoggedIn);
        return LocalRedirect(Target);
    }

    /// <summary>A page of ours; nobody is sent elsewhere by a link that names another place.</summary>
    private string Target => Url.IsLocalUrl(To) ? To! : "~/";
}
