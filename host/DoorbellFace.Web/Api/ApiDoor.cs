using System.Text.Json;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;
using DoorbellFace.Web.Safety;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Web.Api;

/// <summary>
/// Lets programs in by their token, and by nothing else: a browser's cookie counts for nothing here, so no page elsewhere can use
/// somebody's session. Limits how often each may ask, and gives whatever goes wrong as a sentence.
/// </summary>
internal sealed class ApiDoor
{
    /// <summary>Requests of a token in a minute, and wrong tokens from an address in a minute.</summary>
    public const int MostRequests = 120, MostWrongTokens = 20;

    private const string Bearer = "Bearer ";

    private readonly RequestDelegate _next;
    private readonly ApiTokens _tokens;
    private readonly ILogger<ApiDoor> _log;
    private readonly RequestLimit _requests, _wrong;

    /// <summary>Makes it.</summary>
    /// <param name="next">What follows.</param>
    /// <param name="parts">The tokens and the clock.</param>
    /// <param name="log">For bugs.</param>
    public ApiDoor(RequestDelegate next, PageParts parts, ILogger<ApiDoor> log)
    {
        (_next, _tokens, _log) = (next, parts.Tokens, log);
        _requests = new RequestLimit(MostRequests, parts.Time);
        _wrong = new RequestLimit(MostWrongTokens, parts.Time);
    }

    /// <summary>Whether a request is for programs.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ApiEndpoints.Root, StringComparison.Ordinal)
            || context.Request.Path.Equals(ApiEndpoints.Metrics, StringComparison.Ordinal);

    /// <summary>Lets a request through or refuses it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (!await IsAllowedAsync(context)) return;
            // An endpoint without a scope is routing's own answer to a wrong method; what follows here would lead to the login.
            if (context.GetEndpoint() is { RequestDelegate: { } answer } endpoint && endpoint.Metadata.GetMetadata<ApiScope>() is null)
                await answer(context);
            else await _next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } response)
                await Problem.AnswerAsync(context, response.StatusCode, SentenceOf(response.StatusCode));
        }
        catch (DoorbellException error) when (!context.Response.HasStarted)
        {
            await Problem.AnswerAsync(context, ErrorPages.StatusOf(error.Kind), error.Message);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await Problem.AnswerAsync(context, error.StatusCode, SentenceOf(error.StatusCode));
        }
        catch (JsonException) when (!context.Response.HasStarted)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status400BadRequest, "The body is no JSON of the kind that is expected.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
#pragma warning disable CA1031 // Whatever a request does, the others and the door go on.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            _log.LogError(error, "The programming interface failed on {Path}.", context.Request.Path);
            await Problem.AnswerAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong; the door's log says what.");
        }
    }

    private async Task<bool> IsAllowedAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiScope>() is { Needs: ApiScopes.None }) return true;
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        string given = context.Request.Headers.Authorization.ToString();
        ApiToken? token = given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? _tokens.Find(given[Bearer.Length..].Trim())
            : null;
        if (token is null)
        {
            if (_wrong.Try(address) is { } patience) return await WaitAsync(context, patience);
            context.Response.Headers.WWWAuthenticate = given.Length == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
            await Problem.AnswerAsync(
                context, StatusCodes.Status401Unauthorized, given.Length == 0
                    ? "A token is expected in the header Authorization, after the word Bearer."
                    : "This token is not known, or no longer. A token is expected in the header Authorization, after the word Bearer.");
            return false;
        }
        if (_requests.Try(token.Name) is { } wait) return await WaitAsync(context, wait);
        if (context.GetEndpoint() is not { } endpoint)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "There is nothing at this address.");
            return false;
        }
        if (endpoint.Metadata.GetMetadata<ApiScope>() is { } scope && !token.Scopes.HasFlag(scope.Needs))
        {
            await Problem.AnswerAsync(
                context, StatusCodes.Status403Forbidden, $"This needs a token with the scope {Word(scope.Needs)}; the token {token.Name} "
                + $"has {string.Join(", ", ApiTokens.WordsOf(token.Scopes))}.");
            return false;
        }
        context.Items[typeof(ApiToken)] = token;
        return true;
    }

    private static async Task<bool> WaitAsync(HttpContext context, TimeSpan wait)
    {
        int seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = $"{seconds}";
        await Problem.AnswerAsync(
            context, StatusCodes.Status429TooManyRequests, $"Too many requests. Try again in {seconds} s.");
        return false;
    }

    private static string Word(ApiScopes scope) => ApiTokens.WordsOf(scope)[0];

    private static string SentenceOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address takes another method.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this address takes.",
        StatusCodes.Status415UnsupportedMediaType => "The body is of another kind than this address takes.",
        StatusCodes.Status503ServiceUnavailable => "This cannot be done now.",
        _ => "The request cannot be understood.",
    };
}
