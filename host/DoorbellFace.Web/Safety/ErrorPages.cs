using System.Text.Encodings.Web;
using DoorbellFace.Application;
using DoorbellFace.Web.Pages;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Web.Safety;

/// <summary>
/// Whatever goes wrong is a page with a sentence and a way back; what only the program's makers could use goes to the log.
/// </summary>
/// <param name="next">What follows.</param>
/// <param name="log">For bugs.</param>
internal sealed class ErrorPages(RequestDelegate next, ILogger<ErrorPages> log)
{
    /// <summary>Catches what nothing else has caught.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            // Said before anything is read of it; where no length is given, the limit of the page that is asked counts.
            if (context.Request.ContentLength > DoorPage.MostUploadBytes)
                await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, Phrase.TooLarge);
            else await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } response)
                await AnswerAsync(context, response.StatusCode, PhraseOf(response.StatusCode));
        }
        catch (DoorbellException error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusOf(error.Kind), error.Kind == ErrorKind.NotFound ? Phrase.NotFound
                : Phrase.WentWrong, error.Message);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error.StatusCode, PhraseOf(error.StatusCode));
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, Phrase.BadRequest);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
#pragma warning disable CA1031 // Whatever a page does, the others and the door go on.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            log.LogError(error, "The page failed on {Path}.", context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, Phrase.WentWrong);
        }
    }

    /// <summary>The status of an error.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.InUse or ErrorKind.Refused => StatusCodes.Status409Conflict,
        ErrorKind.InvalidValue => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static Phrase PhraseOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => Phrase.NotFound,
        StatusCodes.Status413PayloadTooLarge => Phrase.TooLarge,
        >= 500 => Phrase.WentWrong,
        _ => Phrase.BadRequest,
    };

    private static Task AnswerAsync(HttpContext context, int status, Phrase phrase, string? detail = null)
    {
        PageWords words = context.RequestServices.GetRequiredService<PageWords>();
        var html = context.RequestServices.GetRequiredService<HtmlEncoder>();
        (string title, string way) = (html.Encode(words[phrase]), html.Encode(words[Phrase.BackToTheDoor]));
        // What the services say is English.
        string more = detail is null ? "" : $"<p lang=\"en\" dir=\"auto\">{html.Encode(detail)}</p>";
        string root = html.Encode(context.Request.PathBase.ToString());
        string Of(string asset) => root + PageAssets.Address(asset)[1..];
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{words.Language.Tag}" dir="{(words.Language.IsRightToLeft ? "rtl" : "ltr")}">
            <head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="{Of("page.css")}">
            <link rel="icon" type="image/svg+xml" href="{Of("icon.svg")}"></head>
            <body><main><h1>{title}</h1>{more}<p><a class="button" href="{root}/">{way}</a></p></main></body>
            </html>
            """);
    }
}
