using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace DoorbellFace.Web.Pages;

/// <summary>What happens at the door, told to an open page as it happens: server-sent events, one JSON object each.</summary>
internal static class Live
{
    /// <summary>Serves them to whoever is logged in.</summary>
    public static void Map(WebApplication page) =>
        page.MapGet("/now/events", (bool? watch, PageParts parts, PageWords words, HttpContext context, IHostApplicationLifetime life) =>
    {
        var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.RegisterForDispose(linked);
        CancellationToken over = linked.Token;
        return parts.Feed.Listen(over) is { } events
            ? (IResult)TypedResults.ServerSentEvents(TellAsync(events, watch == true, parts, words, over))
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    });

    private static async IAsyncEnumerable<SseItem<string>> TellAsync(
        IAsyncEnumerable<DoorEvent> events, bool watches, PageParts parts, PageWords words, [EnumeratorCancellation] CancellationToken over)
    {
        string sessions = parts.Access.Sessions;
        using IDisposable? watching = watches ? parts.Door.Watch() : null;
        yield return Item(parts, words, said: null);
        await foreach (DoorEvent happened in Quietly(events, over))
        {
            // Whoever was logged out meanwhile hears nothing more.
            if (parts.Access.Sessions != sessions) yield break;
            string? said = happened switch
            {
                BellRang => words[Phrase.BellRang],
                DoorbellLost => words[Phrase.LinkIsDown],
                DoorbellFound => words[Phrase.LinkIsBack],
                VisitChanged { Happened: VisitorIdentified identified } => VisitCard.SentenceOf(identified.Visit, words),
                _ => null,
            };
            yield return Item(parts, words, said);
        }
    }

    /// <summary>Somebody who goes away is no error.</summary>
    private static async IAsyncEnumerable<DoorEvent> Quietly(
        IAsyncEnumerable<DoorEvent> events, [EnumeratorCancellation] CancellationToken over)
    {
        await using IAsyncEnumerator<DoorEvent> reader = events.GetAsyncEnumerator(over);
        while (true)
        {
            try
            {
                if (!await reader.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            yield return reader.Current;
        }
    }

    private static SseItem<string> Item(PageParts parts, PageWords words, string? said) =>
        new(JsonSerializer.Serialize(new { facts = FactWords.Of(parts.Door.Facts, words), said }, JsonSerializerOptions.Web));
}
