using System.Globalization;
using System.Text;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Pages;

/// <summary>The visits as a table for a spreadsheet.</summary>
internal static class VisitsCsv
{
    /// <summary>Visits that are read at a time: what is written need not be held.</summary>
    private const int AtATime = 500;

    /// <summary>Serves it to whoever is logged in.</summary>
    public static void Map(WebApplication page) =>
        page.MapGet("/visits.csv", (string? who, string? day, PageParts parts, PageWords words, HttpContext context) =>
    {
        context.Response.Headers.ContentDisposition = "attachment; filename=visits.csv";
        return Results.Stream(
            stream => WriteAsync(stream, new VisitQuery { Who = who, Day = day }, parts, words, context.RequestAborted),
            "text/csv; charset=utf-8");
    });

    private static async Task WriteAsync(Stream stream, VisitQuery query, PageParts parts, PageWords words, CancellationToken stop)
    {
        // With a byte order mark, by which spreadsheets know the letters.
        await using var table = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await table.WriteLineAsync("visit,door,began,ended,outcome,name,rings,sentence");
        VisitFilter filter = query.Filter(parts.Time.LocalTimeZone);
        IReadOnlyList<VisitRecord> visits;
        do
        {
            visits = parts.Visits.Find(filter, AtATime);
            foreach (VisitRecord visit in visits) await table.WriteLineAsync(Row(visit, words).AsMemory(), stop);
            if (visits.Count > 0) filter = filter with { After = (visits[^1].StartedAt, visits[^1].Id) };
        }
        while (visits.Count == AtATime);
    }

    private static string Row(VisitRecord visit, PageWords words) => string.Join(',', ((string?[])
    [
        visit.Id.ToString(), visit.Door.ToString(), Time(visit.StartedAt), visit.EndedAt is { } ended ? Time(ended)
            : "", visit.Outcome.ToString().ToLowerInvariant(), visit.Name,
        visit.Rings.ToString(CultureInfo.InvariantCulture), VisitCard.SentenceOf(visit, words),
    ]).Select(Cell));

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A name that begins like a formula must not become one where the table is opened.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
