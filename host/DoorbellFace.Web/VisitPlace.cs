using System.Globalization;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Web;

/// <summary>A visit's place among all as addresses carry it: where a page of them ends and the next one begins.</summary>
internal static class VisitPlace
{
    /// <summary>The place of a visit.</summary>
    public static string Of(VisitRecord visit) =>
        string.Create(CultureInfo.InvariantCulture, $"{visit.StartedAt.UtcTicks}_{visit.Id}");

    /// <summary>The place that <see cref="Of"/> wrote; null when it is none.</summary>
    public static (DateTimeOffset StartedAt, VisitId Id)? In(string? text) =>
        text?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out Guid visit)
            ? (new DateTimeOffset(at, TimeSpan.Zero), new VisitId(visit))
            : null;
}
