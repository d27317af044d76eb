using System.Text.Encodings.Web;
using System.Text.Unicode;
using DoorbellFace.Application.People;
using DoorbellFace.Web.Api;
using DoorbellFace.Web.Safety;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.WebEncoders;

namespace DoorbellFace.Web;

/// <summary>
/// Puts the page together. It reads no settings file and no environment, and opens one socket, at the address that it is given.
/// </summary>
public static class DoorPage
{
    /// <summary>The most bytes that a form may bring, unless its page says otherwise.</summary>
    internal const long MostFormBytes = 64 * 1024;

    /// <summary>The most bytes of a form with photos: those, and some for the names of the files.</summary>
    internal const long MostUploadBytes = PhotoLessons.MostBytes + MostFormBytes;

    /// <summary>Connections at once; ten open pages have about thirty.</summary>
    private const long MostConnections = 200;

    /// <summary>The page, to be started.</summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="parts">What it shows and calls.</param>
    /// <param name="loggers">For remarks.</param>
    public static WebApplication Build(PageSettings settings, PageParts parts, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = typeof(DoorPage).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        AddServices(builder.Services, settings, parts, loggers);
        WebApplication page = builder.Build();
        page.UseMiddleware<Ingress>();
        page.UseMiddleware<ErrorPages>();
        page.UseMiddleware<SafetyHeaders>();
        page.UseMiddleware<Gate>();
        page.UseRouting();
        page.UseAuthentication();
        page.UseApi();
        page.UseMiddleware<FirstRun>();
        page.UseAuthorization();
        page.UseMiddleware<UploadGate>();
        page.MapRazorPages();
        PageAssets.Map(page);
        Pages.Live.Map(page);
        Pages.Pictures.Map(page);
        Pages.VisitsCsv.Map(page);
        Pages.BuildProgress.Map(page);
        Pages.LessonModel.Map(page);
        Pages.AtDoorModel.Map(page);
        page.MapApi();
        return page;
    }

    private static void Configure(KestrelServerOptions kestrel, PageSettings settings)
    {
        kestrel.Listen(settings.Address, settings.Port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostFormBytes;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Whoever sends a body more slowly than this keeps a connection on purpose.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));
    }

    private static void AddServices(IServiceCollection services, PageSettings settings, PageParts parts, ILoggerFactory loggers)
    {
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(settings).AddSingleton(parts).AddSingleton(parts.Access);
        services.AddSingleton<Application.Page.LoginLimit>(_ => new(parts.Time));
        services.AddApi();
        services.AddSingleton(_ => new ToolRoom(parts.LoadTools, parts.ModelStamp, parts.Time));
        services.AddSingleton(provider => new PhotoLessons(
            parts.Enrolment, parts.Pictures, provider.GetRequiredService<ToolRoom>().WorkAsync, parts.Time));
        services.AddSingleton(_ => new DoorLessons(parts.Door));
        services.AddHttpContextAccessor();
        // Hebrew and umlauts as they are: by numbers they would take three times the bytes.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<PageWords>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        services.AddSingleton<IHostLifetime, NoLifetime>();

        services.AddDataProtection().SetApplicationName("DoorbellFace");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeyRepository(parts.Keys));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Sessions.Configure);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "doorbell-form";
            forgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 100;
            form.ValueLengthLimit = 4096;
            form.KeyLengthLimit = 100;
        });
        services.AddRazorPages(pages => pages.Conventions.ConfigureFilter(new AutoValidateAntiforgeryTokenAttribute()))
            .AddApplicationPart(typeof(DoorPage).Assembly)
            .AddCookieTempDataProvider(cookie =>
            {
                cookie.Cookie.Name = "doorbell-said";
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.IsEssential = true;
            });
    }

    /// <summary>The door says when it is over; the page watches no signals of its own.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
