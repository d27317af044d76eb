using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Visits;

/// <summary>One of those who stand at the door.</summary>
/// <param name="Outcome">Known, Uncertain or Unknown.</param>
/// <param name="Person">The enrolled person, for Known and Uncertain; null otherwise, and for a name that only a classifier's label
/// gives.</param>
/// <param name="Name">The name, for Known and Uncertain; otherwise null.</param>
/// <param name="Figures">The numbers behind the answer.</param>
/// <param name="Frames">Frames in which this face was seen.</param>
/// <param name="Reason">Why, in words and numbers.</param>
public sealed record Visitor(VisitOutcome Outcome, PersonId? Person, string? Name, MatchFigures? Figures, int Frames, string Reason)
{
    /// <summary>The visitor whom a face was taken for.</summary>
    /// <param name="identification">The answer.</param>
    /// <param name="frames">Frames in which the face was seen.</param>
    public static Visitor Of(Identification identification, int frames) =>
        new(OutcomeOf(identification.Outcome), identification.Person, identification.Name, identification.Figures, frames,
            identification.Reason);

    private static VisitOutcome OutcomeOf(IdentificationOutcome outcome) => outcome switch
    {
        IdentificationOutcome.Known => VisitOutcome.Known,
        IdentificationOutcome.Uncertain => VisitOutcome.Uncertain,
        _ => VisitOutcome.Unknown,
    };
}
