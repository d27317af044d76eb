using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Visits;

/// <summary>Which visits are wanted; without any wish, all.</summary>
public sealed record VisitFilter
{
    /// <summary>
    /// Visits of these people, alone or in company, also by somebody's word alone; null: of anybody. Several ids are one person after
    /// entries were joined.
    /// </summary>
    public IReadOnlyCollection<PersonId>? People { get; init; }

    /// <summary>Only visits in which somebody stood there whom nobody knows.</summary>
    public bool WithStrangers { get; init; }

    /// <summary>
    /// Only visits of one stranger, or of one whose name was uncertain, that are over and of which a picture is kept.
    /// </summary>
    public bool Unnamed { get; init; }

    /// <summary>Visits that began at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Visits that began before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Visits that come after this one where the newest stands first: where the page before ended. It need not be there any more.
    /// </summary>
    public (DateTimeOffset StartedAt, VisitId Id)? After { get; init; }
}
