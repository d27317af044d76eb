using DoorbellFace.Core.Languages;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DoorbellFace.Web.Pages;

/// <summary>Remembers in which language this browser wants the page. What the doorbell says aloud is a setting of its own.</summary>
[AllowAnonymous]
public sealed class LanguageChoiceModel : PageModel
{
    /// <summary>There is nothing to look at.</summary>
    public IActionResult OnGet() => LocalRedirect("~/");

    /// <summary>Remembers it.</summary>
    public IActionResult OnPost(string? tag, string? to)
    {
        if (tag is not null && Language.Find(tag) is { } language)
        {
            Response.Cookies.Append(
                PageWords.Cookie, language.Tag,
                    new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true,
                    MaxAge = TimeSpan.FromDays(365), Secure = Request.IsHttps,
                    Path = Request.PathBase.HasValue ? Request.PathBase.Value : "/" });
        }
        return LocalRedirect(Url.IsLocalUrl(to) ? to : "~/");
    }
}
