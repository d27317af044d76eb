using DoorbellFace.Application;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Web.Safety;

/// <summary>Whatever goes wrong is a sentence and a status; what only the program's makers could use goes to the log.</summary>
/// <param name="next">What follows.</param>
/// <param name="log">For bugs.</param>
internal sealed class ErrorPages(RequestDelegate next, ILogger<ErrorPages> log)
{
    /// <summary>Catches what nothing else has caught.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (DoorbellException error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusOf(error.Kind), error.Message);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "That is more than the page takes." : "The request cannot be understood.");
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "The form holds more than the page takes.");
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
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong; the log says more. The door goes on.");
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

    private static Task AnswerAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence);
    }
}
