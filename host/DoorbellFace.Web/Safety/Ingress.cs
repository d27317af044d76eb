using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Safety;

/// <summary>
/// The page behind the ingress of Home Assistant: its proxy lets in whoever is logged in there, shows the page in a frame of its own, and
/// says with X-Ingress-Path under which path. That is believed of the one address of the settings, and nobody else is let in then but this
/// computer itself. Without the setting the header says nothing.
/// </summary>
/// <remarks>Home Assistant's developer documentation, "Presenting your app", part "Ingress", read on 2026-11-28.</remarks>
/// <param name="next">What follows.</param>
/// <param name="settings">Where the proxy is.</param>
internal sealed partial class Ingress(RequestDelegate next, PageSettings settings)
{
    private const string Header = "X-Ingress-Path";

    private static readonly object Mark = new();

    /// <summary>Takes the path over.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (settings.Ingress is not { } proxy || context.Connection.RemoteIpAddress is not { } from || !Gate.IsSame(from, proxy))
            return next(context);
        context.Items[Mark] = true;
        // A path that is none, such as one that leads to another server, is left out: links then lead to the proxy's root.
        if (Path().Match(context.Request.Headers[Header].ToString()) is { Success: true, Value: var path })
            context.Request.PathBase = path.TrimEnd('/');
        return next(context);
    }

    /// <summary>Whether a request has come through the proxy.</summary>
    public static bool IsOf(HttpContext context) => context.Items.ContainsKey(Mark);

    [GeneratedRegex("^(/[A-Za-z0-9_-]{1,200}){1,6}/?$")]
    private static partial Regex Path();
}
