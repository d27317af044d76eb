using DoorbellFace.Application;
using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DoorbellFace.Web.Api;

/// <summary>What programs can ask (docs/api.md). The document that describes it is docs/openapi.json, which is served as it is.</summary>
internal static class ApiEndpoints
{
    /// <summary>Every address but one begins with it.</summary>
    public const string Root = "/api";

    /// <summary>The figures, where collectors look for them.</summary>
    public const string Metrics = "/metrics";

    /// <summary>The most bytes of a sentence's body.</summary>
    private const long MostTextBytes = 16 * 1024;

    /// <summary>Puts the tokens and limits before everything else that is asked by programs.</summary>
    public static void UseApi(this IApplicationBuilder page) =>
        page.UseWhen(ApiDoor.IsFor, api => api.UseMiddleware<ApiDoor>());

    /// <summary>What the endpoints need.</summary>
    public static void AddApi(this IServiceCollection services) => services.AddSingleton<LookRoom>();

    /// <summary>The endpoints.</summary>
    public static void MapApi(this WebApplication page)
    {
        page.MapGet($"{Root}/openapi.json", () => Results.Bytes(Document, "application/json")).Needs(ApiScopes.None);
        page.MapGet($"{Root}/visits", (HttpContext context, PageParts parts) => Visits.AnswerAsync(context, parts)).Needs(ApiScopes.Read);
        page.MapGet($"{Root}/events", (HttpContext context, PageParts parts) => Events.TellAsync(context, parts)).Needs(ApiScopes.Read);
        page.MapPost($"{Root}/look", (HttpContext context, PageParts parts, LookRoom room) => Look.AnswerAsync(context, parts, room))
            .Needs(ApiScopes.Look);
        page.MapPost($"{Root}/say", SayAsync).Needs(ApiScopes.Speak);
        page.MapGet(Metrics, (PageParts parts) => Results.Text(parts.Figures.Write(parts.Door.Facts), FiguresText.ContentType))
            .Needs(ApiScopes.Read);
    }

    /// <summary>The document that describes all this.</summary>
    public static byte[] Document { get; } = PageAssets.Read("openapi.json");

    /// <summary>Writes an answer.</summary>
    public static Task WriteAsync(HttpContext context, object answer) =>
        context.Response.WriteAsJsonAsync(answer, Problem.Json, context.RequestAborted);

    private static async Task SayAsync(HttpContext context, PageParts parts)
    {
        LimitBody(context, MostTextBytes);
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        SayRequest? wanted = await context.Request.ReadFromJsonAsync<SayRequest>(Problem.Json, context.RequestAborted);
        string text = wanted?.Text?.Trim()
            ?? throw new DoorbellException(ErrorKind.InvalidValue, "The body has no text: expected {\"text\": \"...\"}.");
        parts.Door.Say(text);
        if (context.Items[typeof(ApiToken)] is ApiToken token) parts.Audit.Note(AuditAct.SpokenByToken, token.Name);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await WriteAsync(context, new { said = text });
    }

    /// <summary>The most bytes that a request's body may have.</summary>
    public static void LimitBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = bytes;
    }

    /// <summary>The cookie's rules are for people; programs are let in by <see cref="ApiDoor"/>.</summary>
    private static void Needs(this RouteHandlerBuilder endpoint, ApiScopes scope) =>
        endpoint.AllowAnonymous().WithMetadata(new ApiScope(scope));

    private sealed record SayRequest(string? Text);
}
