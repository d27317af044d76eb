using System.Globalization;

namespace DoorbellFace.Core.Rules;

/// <summary>
/// Times of the week, by the clock on the wall: "mon-fri 8:00-18:00, sat 10:00-12:00". A span that ends at or before its beginning goes on
/// until the next day, and belongs to the day on which it begins: "fri 22:00-6:00" ends on Saturday morning. Immutable.
/// </summary>
public sealed class WeeklyTimes
{
    /// <summary>What a text of times must look like, for complaints.</summary>
    public const string Expected =
        "expected days, times or both, such as \"22:00-7:00\", \"mon-fri 8:00-18:00\" or \"sat sun\"; several with commas between them";

    private const int MinutesOfDay = 24 * 60;

    private static readonly string[] DayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private WeeklyTimes(IReadOnlyList<WeeklySpan> spans) => Spans = spans;

    /// <summary>The spans, one at least.</summary>
    public IReadOnlyList<WeeklySpan> Spans { get; }

    /// <summary>Reads what people type; the days in English, by their names or the first three letters.</summary>
    /// <returns>Null when the text is something else.</returns>
    public static WeeklyTimes? TryParse(string text)
    {
        WeeklySpan?[] spans = [.. text.Split(',').Select(ParseSpan)];
        return spans.All(span => span is not null) ? new WeeklyTimes([.. spans.Select(span => span!)]) : null;
    }

    /// <summary>A day of the week, by its English name or the first three letters; null for another word.</summary>
    public static DayOfWeek? DayOf(string word)
    {
        int day = Array.FindIndex(DayNames, name => word.Length >= 3 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return day < 0 ? null : (DayOfWeek)day;
    }

    /// <summary>Minutes since midnight of a time such as "7", "7:30" or "24:00"; null for another word.</summary>
    public static int? MinuteOf(string word)
    {
        string[] parts = word.Split(':');
        if (parts.Length > 2 || parts.Any(part => part.Length is 0 or > 2 || !part.All(char.IsAsciiDigit))) return null;
        int hour = int.Parse(parts[0], CultureInfo.InvariantCulture), minute = parts.Length == 2
            ? int.Parse(parts[1], CultureInfo.InvariantCulture)
            : 0;
        return minute < 60 && (hour * 60) + minute <= MinutesOfDay ? (hour * 60) + minute : null;
    }

    /// <summary>Whether a time is among them.</summary>
    /// <param name="local">As the clock on the wall shows it.</param>
    public bool Contains(DateTime local) => Spans.Any(span => Contains(span, local));

    /// <summary>When the times began that go on at a moment; no more than a day before it.</summary>
    /// <param name="local">As the clock on the wall shows it.</param>
    /// <returns>The first minute; null when that moment, or the minute before it, is not among them.</returns>
    public DateTime? BeganBefore(DateTime local)
    {
        if (!Contains(local)) return null;
        int minutes = 0;
        while (minutes < MinutesOfDay && Contains(local.AddMinutes(-minutes - 1))) minutes++;
        return minutes == 0 ? null : local.AddMinutes(-minutes);
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Join(", ", Spans.Select(span => span.ToString()));

    private static bool Contains(WeeklySpan span, DateTime local)
    {
        int minute = (local.Hour * 60) + local.Minute;
        bool today = span.Days.Contains(local.DayOfWeek), yesterday = span.Days.Contains((DayOfWeek)(((int)local.DayOfWeek + 6) % 7));
        return span.IsOverMidnight
            ? (today && minute >= span.FromMinute) || (yesterday && minute < span.UntilMinute)
            : today && minute >= span.FromMinute && minute < span.UntilMinute;
    }

    private static WeeklySpan? ParseSpan(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        (int From, int Until)? times = char.IsAsciiDigit(words[^1][0]) ? ParseTimes(words[^1]) : (0, MinutesOfDay);
        IReadOnlyList<DayOfWeek>? days = ParseDays(char.IsAsciiDigit(words[^1][0]) ? words[..^1] : words);
        return times is { } found && days is not null ? new WeeklySpan(days, found.From, found.Until) : null;
    }

    private static (int From, int Until)? ParseTimes(string word)
    {
        string[] ends = word.Split('-');
        return ends.Length == 2 && MinuteOf(ends[0]) is { } from and < MinutesOfDay && MinuteOf(ends[1]) is { } until
            ? (from, until)
            : null;
    }

    private static List<DayOfWeek>? ParseDays(string[] words)
    {
        if (words.Length == 0) return [.. Enum.GetValues<DayOfWeek>()];
        var days = new List<DayOfWeek>();
        foreach (string word in words)
        {
            string[] ends = word.Split('-');
            if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last) return null;
            for (DayOfWeek day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
            {
                if (!days.Contains(day)) days.Add(day);
                if (day == last) break;
            }
        }
        return days;
    }
}

/// <summary>A span of time on some days of the week.</summary>
/// <param name="Days">On which it begins, one at least, in the order in which they were named.</param>
/// <param name="FromMinute">Its first minute since midnight, 0 to 1439.</param>
/// <param name="UntilMinute">The first minute after it, 0 to 1440; at or before its beginning it is one of the next day.</param>
public sealed record WeeklySpan(IReadOnlyList<DayOfWeek> Days, int FromMinute, int UntilMinute)
{
    /// <summary>It ends on the day after that on which it begins.</summary>
    public bool IsOverMidnight => UntilMinute <= FromMinute;

    /// <summary>It is on every day.</summary>
    public bool IsEveryDay => Days.Count == 7;

    /// <summary>It lasts from midnight to midnight.</summary>
    public bool IsWholeDay => FromMinute == 0 && UntilMinute is 0 or 24 * 60;

    /// <summary>As <see cref="WeeklyTimes.TryParse"/> reads it.</summary>
    public override string ToString()
    {
        string days = string.Join(' ', Days.Select(day => day.ToString()[..3].ToLowerInvariant()));
        if (IsWholeDay && !IsEveryDay) return days;
        string times = $"{Time(FromMinute)}-{Time(UntilMinute)}";
        return IsEveryDay ? times : $"{days} {times}";
    }

    /// <summary>A minute of the day as a clock shows it, such as "7:05".</summary>
    public static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60}:{minute % 60:00}");
}
