using System.Globalization;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Pages;

/// <summary>Which visits an address asks for; what cannot be understood of it counts as not asked.</summary>
public sealed record VisitQuery
{
    /// <summary>What stands for strangers where a person's id is asked for.</summary>
    public const string Strangers = "strangers";

    /// <summary>A person's id, or <see cref="Strangers"/>; null for anybody.</summary>
    public string? Who { get; init; }

    /// <summary>Visits of this day alone, "2026-11-29"; null for any.</summary>
    public string? Day { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>Something is asked for.</summary>
    public bool IsAny => !string.IsNullOrEmpty(Who) || !string.IsNullOrEmpty(Day);

    /// <summary>What is asked for, for the store.</summary>
    /// <param name="zone">In which a day is a day.</param>
    public VisitFilter Filter(TimeZoneInfo zone)
    {
        var filter = new VisitFilter { WithStrangers = Who == Strangers };
        if (Guid.TryParse(Who, out Guid person)) filter = filter with { People = [new PersonId(person)] };
        if (DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && day < DateOnly.MaxValue)
            filter = filter with { From = BeginningOf(day, zone), To = BeginningOf(day.AddDays(1), zone) };
        return filter with { After = VisitPlace.In(After) };
    }

    /// <summary>An address that asks for it.</summary>
    public string Address(string path) => path + QueryString.Create(
        new Dictionary<string, string?>
            { ["who"] = Who, ["day"] = Day, ["after"] = After }.Where(part => !string.IsNullOrEmpty(part.Value)));

    private static DateTimeOffset BeginningOf(DateOnly day, TimeZoneInfo zone)
    {
        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
