using DoorbellFace.Core.Recognition;


namespace DoorbellFace.Core.Visits;

/// <summary>Something has happened at the door.</summary>
/// <param name="At">When, by the clock that stamped the bytes.</param>
/// <param name="Visit">The visit as it stands.</param>
public abstract record VisitEvent(DateTimeOffset At, VisitRecord Visit);

/// <summary>A visit has begun.</summary>
public sealed record VisitStarted(DateTimeOffset At, VisitRecord Visit) : VisitEvent(At, Visit);

/// <summary>The button was pressed again during a visit.</summary>
public sealed record VisitorRangAgain(DateTimeOffset At, VisitRecord Visit) : VisitEvent(At, Visit);

/// <summary>It is decided who the visitor is, or that this cannot be told; also when an earlier answer is improved.</summary>
/// <param name="At">When.</param>
/// <param name="Visit">The visit with its outcome.</param>
/// <param name="IsCorrection">An answer has been given before, and this one is better.</param>
public sealed record VisitorIdentified(DateTimeOffset At, VisitRecord Visit, bool IsCorrection) : VisitEvent(At, Visit)
{
    /// <summary>Those who came after the first answer and have not been spoken of; empty in a first answer.</summary>
    public IReadOnlyList<Visitor> Joined { get; init; } = [];

    /// <summary>What the frames say of a stranger who stands there alone; empty for everybody else.</summary>
    public IReadOnlyList<FaceVote> Stranger { get; init; } = [];
}

/// <summary>The visitor has gone.</summary>
public sealed record VisitEnded(DateTimeOffset At, VisitRecord Visit) : VisitEvent(At, Visit);
