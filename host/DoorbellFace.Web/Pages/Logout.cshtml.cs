using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DoorbellFace.Web.Pages;

/// <summary>Ends this browser's session.</summary>
public sealed class LogoutModel : PageModel
{
    /// <summary>There is nothing to look at.</summary>
    public IActionResult OnGet() => LocalRedirect("~/");

    /// <summary>Ends it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync();
        return LocalRedirect("~/login");
    }
}
