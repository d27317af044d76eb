using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DoorbellFace.Web.Api;

/// <summary>
/// Who was there: the newest first, so many at a time, each page beginning where the one before ended, so that a visit which comes
/// meanwhile moves nothing.
/// </summary>
internal static class Visits
{
    private const int Usual = 50, Most = 200;

    private static readonly string[] Known = ["limit", "after", "from", "to", "person", "strangers"];

    /// <summary>Answers.</summary>
    public static Task AnswerAsync(HttpContext context, PageParts parts)
    {
        (VisitFilter filter, int limit) = Asked(context.Request.Query);
        IReadOnlyList<VisitRecord> found = parts.Visits.Find(filter, limit + 1);
        VisitRecord[] page = [.. found.Take(limit)];
        return ApiEndpoints.WriteAsync(context, new
        {
            visits = page.Select(visit => Shape(visit, parts)),
            next = found.Count > limit ? VisitPlace.Of(page[^1]) : null,
        });
    }

    private static object Shape(VisitRecord visit, PageParts parts) => new
    {
        visit.Id,
        visit.Door,
        visit.StartedAt,
        visit.EndedAt,
        visit.StartedBy,
        visit.Rings,
        visit.Outcome,
        visit.Person,
        visit.Name,
        sure = Sureness.Word(visit.Outcome, visit.Figures),
        sentence = SentenceOf(visit, parts.Language),
        visit.Figures,
        company = visit.Company.Select(other => new
        {
            other.Outcome, other.Person, other.Name, sure = Sureness.Word(other.Outcome, other.Figures), other.Figures, other.Reason,
        }),
        visit.Reasons,
        visit.FramesSeen,
        visit.FramesWithFace,
        has_picture = visit.PicturePath is not null,
    };

    /// <summary>What the doorbell says of it; null where nothing was decided, or the person was removed.</summary>
    private static string? SentenceOf(VisitRecord visit, Language language) =>
        visit.Outcome is VisitOutcome.Open or VisitOutcome.Interrupted or VisitOutcome.Forgotten
            ? null
            : new VisitSentences(language).Answer(visit, isCorrection: false);

    /// <summary>What an address asks for. What cannot be understood is refused: a program that errs must not get other visits.</summary>
    private static (VisitFilter Filter, int Limit) Asked(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } unknown)
            throw Wrong(unknown, $"there is no such parameter; there are {string.Join(", ", Known)}.");
        var filter = new VisitFilter { From = Instant(query, "from"), To = Instant(query, "to") };
        if (One(query, "person") is { } person)
        {
            filter = filter with
            {
                People = [Guid.TryParse(person, out Guid id) ? new PersonId(id) : throw Wrong("person", "expected a person's id, a UUID.")],
            };
        }
        if (One(query, "strangers") is { } strangers)
            filter = filter with { WithStrangers = strangers switch
            {
                "true" => true,
                "false" => false,
                _ => throw Wrong("strangers", "expected true or false."),
            } };
        if (One(query, "after") is { } after)
            filter = filter with
            {
                After = VisitPlace.In(after) ?? throw Wrong("after", "expected what \"next\" of the page before says."),
            };
        int limit = Usual;
        if (One(query, "limit") is { } count
            && !(int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Most))
            throw Wrong("limit", $"expected 1 to {Most}.");
        return (filter, limit);
    }

    private static DateTimeOffset? Instant(IQueryCollection query, string name)
    {
        if (One(query, name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : throw Wrong(name, "expected an instant, such as 2026-11-29T08:00:00Z.");
    }

    private static string? One(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out StringValues values)) return null;
        return values.Count == 1 && values[0] is { Length: > 0 } text ? text : throw Wrong(name, "expected one value.");
    }

    private static DoorbellException Wrong(string name, string sentence) =>
        new(ErrorKind.InvalidValue, $"The parameter {(name.Length > 40 ? name[..40] : name)}: {sentence}");
}
