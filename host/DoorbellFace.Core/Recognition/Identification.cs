using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Recognition;

/// <summary>How sure we are who it is. "Don't know" is an answer.</summary>
public enum IdentificationOutcome
{
    /// <summary>Above the accept threshold: this person.</summary>
    Known,

    /// <summary>Between the thresholds: perhaps this person.</summary>
    Uncertain,

    /// <summary>Below the reject threshold, or the network says so itself: nobody we know.</summary>
    Unknown,
}

/// <summary>The answer to "who is it, or nobody we know?"</summary>
/// <param name="Outcome">How sure we are.</param>
/// <param name="Name">The person's name for Known and Uncertain; null for Unknown.</param>
/// <param name="Figures">What it rests on.</param>
/// <param name="Reason">Why, in words and numbers.</param>
public sealed record Identification(IdentificationOutcome Outcome, string? Name, MatchFigures Figures, string Reason)
{
    /// <summary>
    /// The enrolled person for Known and Uncertain; null for Unknown, and for a name that only a classifier's label gives.
    /// </summary>
    public PersonId? Person { get; init; }
}
