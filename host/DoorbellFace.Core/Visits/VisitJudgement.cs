using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Visits;

/// <summary>What somebody has said of the face of a visit that the doorbell could not name.</summary>
public enum JudgementKind
{
    /// <summary>Who it was.</summary>
    Named,

    /// <summary>It is no face.</summary>
    NotAFace,

    /// <summary>Somebody whom nobody wants to be asked about again.</summary>
    Ignored,

    /// <summary>Not now; when they come again it is asked again.</summary>
    Later,
}

/// <summary>What was said of a visit, once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Person">Who it was, for <see cref="JudgementKind.Named"/>; null otherwise.</param>
/// <param name="Act">Names what was done: all visits that were judged together have the same, and are taken back together.</param>
/// <param name="At">When.</param>
public sealed record VisitJudgement(JudgementKind Kind, PersonId? Person, Guid Act, DateTimeOffset At);
