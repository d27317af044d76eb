using System.Globalization;
using DoorbellFace.Core.Languages;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Words;

/// <summary>The page's sentences in the language of whoever looks at it: what they have chosen, or the language of the doorbell.</summary>
/// <param name="accessor">The request.</param>
/// <param name="parts">The language of the doorbell.</param>
public sealed class PageWords(IHttpContextAccessor accessor, PageParts parts)
{
    /// <summary>The cookie that keeps the choice.</summary>
    public const string Cookie = "doorbell-language";

    private WordList? _list;

    /// <summary>The language.</summary>
    public Language Language => List.Language;

    /// <summary>A sentence.</summary>
    public string this[Phrase phrase] => List.Say(phrase);

    private WordList List =>
        _list ??= WordList.Of(
        accessor.HttpContext?.Request.Cookies[Cookie] is { } tag && Language.Find(tag) is { } chosen ? chosen : parts.Language);

    /// <summary>A sentence with its words in place.</summary>
    public string Say(Phrase phrase, params ReadOnlySpan<(string Placeholder, string Words)> words) => List.Say(phrase, words);

    /// <summary>A sentence about so many, for which {digits} stands, with its other words in place.</summary>
    public string Count(Phrase phrase, int count, params ReadOnlySpan<(string Placeholder, string Words)> words) =>
        List.Count(phrase, count, words);

    /// <summary>A number with so many digits after its point or comma.</summary>
    public string Figure(double number, int digits) =>
        number.ToString($"F{digits}", CultureInfo.InvariantCulture).Replace(".", this[Phrase.DecimalMark], StringComparison.Ordinal);

    /// <summary>A share, 0 to 1, as people read it: whole percents.</summary>
    public string Percent(double share) => Say(Phrase.Percent, ("number", Figure(100 * share, digits: 0)));

    /// <summary>A day and a time as people say them: "today, 14:10".</summary>
    public string When(DateTimeOffset at)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, parts.Time.LocalTimeZone);
        return Say(Phrase.WhenAt, ("day", Day(DateOnly.FromDateTime(local.DateTime))), ("time", Language.Time(local)));
    }

    /// <summary>A day as people say it.</summary>
    public string Day(DateOnly day)
    {
        DateOnly today = DateOnly.FromDateTime(parts.Time.GetLocalNow().DateTime);
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => this[Phrase.Today],
            1 => this[Phrase.Yesterday],
            // What is far from today needs its year.
            > 300 or < 0 => $"{Language.Day(day, today)} {day.Year}",
            _ => Language.Day(day, today),
        };
    }
}
