using System.Globalization;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Visits;

/// <summary>Visits in a few words, for screens and pictures.</summary>
public static class VisitWords
{
    /// <summary>A caption such as "Anna 0.97", or "Anna 0.97, unknown 0.12" when somebody stood beside her.</summary>
    public static string Caption(VisitRecord visit) =>
        string.Join(", ",
            visit.Company.Select(visitor => Caption(visitor.Outcome, visitor.Name, visitor.Figures))
            .Prepend(Caption(visit.Outcome, visit.Name, visit.Figures)));

    private static string Caption(VisitOutcome outcome, string? name, MatchFigures? figures)
    {
        string score = (figures?.Similarity ?? figures?.Probability) is { } value
            ? value.ToString(" 0.00", CultureInfo.InvariantCulture)
            : "";
        return outcome switch
        {
            VisitOutcome.Known => name + score,
            VisitOutcome.Uncertain => $"perhaps {name}{score}",
            VisitOutcome.Unknown => "unknown" + score,
            VisitOutcome.NotLookedAt => "not examined",
            VisitOutcome.Forgotten => "removed",
            VisitOutcome.NoFace => "no face",
            VisitOutcome.Moving => "no face, something moves",
            VisitOutcome.Dark => "too dark",
            VisitOutcome.Covered => "lens covered",
            VisitOutcome.DamagedPicture => "damaged picture",
            VisitOutcome.NoPicture => "no picture",
            VisitOutcome.Interrupted => "interrupted",
            _ => "not decided yet",
        };
    }
}
