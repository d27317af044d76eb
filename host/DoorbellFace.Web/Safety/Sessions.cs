using System.Security.Claims;
using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DoorbellFace.Web.Safety;

/// <summary>
/// A session is a cookie of 30 days that names the sessions which count (<see cref="PageAccess.Sessions"/>); when those change, it is over
/// at its next request.
/// </summary>
internal static class Sessions
{
    /// <summary>How long a session lasts after it was last used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    private const string Claim = "sessions";

    /// <summary>The cookie.</summary>
    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "doorbell";
        cookie.Cookie.HttpOnly = true;
        // Strict would show the login to whoever follows a link from a notification.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Lasts;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/login";
        cookie.ReturnUrlParameter = "to";
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (context.Principal?.FindFirstValue(Claim) is { Length: > 0 } sessions
                && sessions == context.HttpContext.RequestServices.GetRequiredService<PageAccess>().Sessions) return;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        };
    }

    /// <summary>Begins one.</summary>
    public static Task BeginAsync(HttpContext context, PageAccess access)
    {
        var identity = new ClaimsIdentity([new Claim(Claim, access.Sessions)], CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }
}
