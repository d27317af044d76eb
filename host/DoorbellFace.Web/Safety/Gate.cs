using System.Net;
using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Safety;

/// <summary>
/// Who is let in at all, before anything else is looked at: requests to a name that is ours, from our own pages, and, while there is no
/// password, from this computer alone.
/// Refusals are a short sentence in English: a browser of the household never sees one.
/// </summary>
/// <param name="next">What follows.</param>
/// <param name="settings">By which names the page may be called.</param>
/// <param name="access">Whether there is a password.</param>
internal sealed class Gate(RequestDelegate next, PageSettings settings, PageAccess access)
{
    private readonly HashSet<string> _names = new(settings.Hosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets a request through or refuses it.</summary>
    public Task InvokeAsync(HttpContext context) => Refusal(context) is { } sentence ? RefuseAsync(context, sentence) : next(context);

    /// <summary>Whether both are one address, be it written as IPv4 or within IPv6.</summary>
    public static bool IsSame(IPAddress one, IPAddress other) => Plain(one).Equals(Plain(other));

    private string? Refusal(HttpContext context)
    {
        bool isIngress = Ingress.IsOf(context);
        if (settings.Ingress is not null && !isIngress && !IsLocal(context.Connection.RemoteIpAddress))
            return "The page is opened through Home Assistant here.";
        // A page elsewhere may let its own name point here (DNS rebinding); its requests still carry that name. Behind the ingress the name
        // is Home Assistant's.
        if (!isIngress && !IsOurs(context))
            return "This name is not one that the page may be called by. Whoever runs it can add it to page.hosts.";
        if (!access.HasPassword && !isIngress && !(IsLocal(context.Connection.RemoteIpAddress) && IsLocalName(context.Request.Host.Host)))
            return "The page has no password yet. Until it has one it can be opened on its own computer alone.";
        return IsFromElsewhere(context.Request) ? "Another page has sent this request; only the doorbell's own may." : null;
    }

    private bool IsOurs(HttpContext context)
    {
        string name = context.Request.Host.Host;
        // An address cannot be made to point elsewhere, so the one by which the request came is right.
        return IsLocalName(name) || _names.Contains(name)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && context.Connection.LocalIpAddress is { } ours
                && IsSame(address, ours));
    }

    private static bool IsLocalName(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsLocal(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>
    /// A link from elsewhere may open a page; nothing else may come from elsewhere, be it a form or a picture. Browsers that say nothing of
    /// it are held by the forms' tokens.
    /// </summary>
    private static bool IsFromElsewhere(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none") return false;
        return !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Fetch-Dest"] == "document");
    }

    private static Task RefuseAsync(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence);
    }
}
