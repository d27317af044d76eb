using DoorbellFace.Application.Doors;
using DoorbellFace.Web;
using DoorbellFace.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace DoorbellFace.Host.Composition;

/// <summary>The page of a door: it is made only where the settings ask for it, and only then is the web server loaded.</summary>
internal static class PageHosting
{
    /// <summary>Adds it.</summary>
    public static void AddPage(this IServiceCollection services, RunSettings settings)
    {
        if (!settings.Page.IsOn) return;
        services.AddSingleton<PageFeed>();
        services.AddSingleton<IDoorSubscriber>(provider => provider.GetRequiredService<PageFeed>());
        services.AddSingleton(_ => new FiguresText());
        services.AddHostedService<PageService>();
    }
}
