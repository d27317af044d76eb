using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Safety;

/// <summary>What a browser is told to refuse on our behalf, with every answer.</summary>
/// <param name="next">What follows.</param>
internal sealed class SafetyHeaders(RequestDelegate next)
{
    /// <summary>Nothing inline, nothing from elsewhere, nobody's frame, and no script that makes HTML of text.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Answers with them.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        // Home Assistant shows the page in a frame, which comes from the same address as the page does.
        bool isFramed = Ingress.IsOf(context);
        headers.ContentSecurityPolicy = isFramed
            ? ContentPolicy.Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal)
            : ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = isFramed ? "SAMEORIGIN" : "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()";
        // Faces and names do not stay in a browser's cache; assets say otherwise for themselves.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
