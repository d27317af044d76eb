using System.Text;
using System.Text.Json;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DoorbellFace.Web.Api;

/// <summary>What happens at the door, as it happens: server-sent events with the fields of docs/events.md.</summary>
internal static class Events
{
    /// <summary>
    /// So often a comment is sent where nothing happens: a listener that has gone is noticed, and one that listens knows that it does.
    /// </summary>
    public static readonly TimeSpan Breath = TimeSpan.FromSeconds(20);

    /// <summary>Tells until either has gone.</summary>
    public static async Task TellAsync(HttpContext context, PageParts parts)
    {
        var token = (ApiToken)context.Items[typeof(ApiToken)]!;
        IHostApplicationLifetime life = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        if (parts.Feed.Listen(over.Token) is not { } events)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many listen already.");
            return;
        }
        context.Response.ContentType = "text/event-stream";
        await using IAsyncEnumerator<DoorEvent> reader = events.GetAsyncEnumerator(over.Token);
        Task<bool> next = reader.MoveNextAsync().AsTask();
        try
        {
            await SendAsync(context, ": the door is listened to\n\n");
            while (true)
            {
                await Task.WhenAny(next, Task.Delay(Breath, parts.Time, over.Token));
                // Whose token was revoked meanwhile hears nothing more.
                if (!parts.Tokens.List().Contains(token)) break;
                if (!next.IsCompleted)
                {
                    over.Token.ThrowIfCancellationRequested();
                    await SendAsync(context, ": still here\n\n");
                    continue;
                }
                if (!await next) break;
                DoorEvent happened = reader.Current;
                next = reader.MoveNextAsync().AsTask();
                if (EventShape.Of(happened) is not { } shape) continue;
                string data = JsonSerializer.Serialize(shape, Problem.Json);
                await SendAsync(context, $"event: {EventShape.NameOf(happened)}\ndata: {data}\n\n");
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // One of the two has gone.
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
