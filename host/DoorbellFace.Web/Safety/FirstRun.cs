using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Safety;

/// <summary>While there is no password, every page is the one that sets it.</summary>
/// <param name="next">What follows.</param>
/// <param name="access">Whether there is a password.</param>
internal sealed class FirstRun(RequestDelegate next, PageAccess access)
{
    /// <summary>The page that sets the password.</summary>
    public const string Path = "/welcome";

    /// <summary>Leads there, and away from there when it is set.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        bool isWelcome = context.Request.Path == Path;
        if (access.HasPassword == !isWelcome || IsForAnybody(context)) return next(context);
        context.Response.Redirect(context.Request.PathBase + (isWelcome ? "/" : Path));
        return Task.CompletedTask;
    }

    /// <summary>Style, scripts and the choice of a language; the login is of no use yet.</summary>
    private static bool IsForAnybody(HttpContext context) =>
        context.Request.Path != "/login" && context.Request.Path != Path
            && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
