using System.Globalization;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Visits;

/// <summary>Visits in a few words, for screens and pictures.</summary>
public static class VisitWords
{
    /// <summary>A caption such as "Anna 0.97".</summary>
    public static string Caption(VisitRecord visit)
    {
        string score = (visit.Figures?.Similarity ?? visit.Figures?.Probability) is { } value ? value.ToString(" 0.00", CultureInfo.InvariantCulture) : "";
        return visit.Outcome switch
        {
            VisitOutcome.Known => visit.Name + score,
            VisitOutcome.Uncertain => $"perhaps {visit.Name}{score}",
            VisitOutcome.Unknown => "unknown" + score,
            VisitOutcome.NotLookedAt => "not examined",
            VisitOutcome.Forgotten => "removed",
            VisitOutcome.NoFace => "no face",
            VisitOutcome.Dark => "too dark",
            VisitOutcome.Covered => "lens covered",
            VisitOutcome.DamagedPicture => "damaged picture",
            VisitOutcome.NoPicture => "no picture",
            VisitOutcome.Interrupted => "interrupted",
            _ => "not decided yet",
        };
    }
}
