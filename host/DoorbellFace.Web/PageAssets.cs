using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web;

/// <summary>
/// Style, scripts and icon, from the assembly. Their addresses change with their content, so browsers may keep them for good.
/// </summary>
internal static class PageAssets
{
    private const string Prefix = "Assets/", SharedScript = "page.js";

    private static readonly Assembly Assembly = typeof(PageAssets).Assembly;

    private static readonly Dictionary<string, (byte[] Content, string Type, string Version)> All = Load();

    /// <summary>The address of an asset, from the page's own root ("~").</summary>
    public static string Address(string name) => $"~/assets/{name}?v={All[name].Version}";

    /// <summary>Serves them to anybody: there is nothing of the household in them.</summary>
    public static void Map(WebApplication page) => page.MapGet("/assets/{name}", (string name, HttpContext context) =>
    {
        if (!All.TryGetValue(name, out (byte[] Content, string Type, string Version) asset)) return Results.NotFound();
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable"
            : "no-cache";
        return Results.Bytes(asset.Content, asset.Type);
    }).AllowAnonymous();

    /// <summary>A file of this assembly.</summary>
    public static byte[] Read(string name)
    {
        using Stream resource = Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its {name}.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }

    private static Dictionary<string, (byte[] Content, string Type, string Version)> Load()
    {
        string shared = VersionOf(Read(Prefix + SharedScript));
        return Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                byte[] content = Read(name);
                // A script that every page has is a second script under another address: it would listen twice.
                if (name.EndsWith(".js", StringComparison.Ordinal))
                    content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content)
                        .Replace($"\"./{SharedScript}\"", $"\"./{SharedScript}?v={shared}\"", StringComparison.Ordinal));
                return (content, TypeOf(name), VersionOf(content));
            },
            StringComparer.Ordinal);
    }

    private static string VersionOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        _ => throw new InvalidOperationException($"{name} has no known type."),
    };
}
