using System.Globalization;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Visits in a few words, for screens and pictures.</summary>
internal static class VisitWords
{
    /// <summary>A caption such as "Anna 0.97".</summary>
    public static string Caption(VisitRecord visit)
    {
        string score = visit.Score is { } value ? value.ToString(" 0.00", CultureInfo.InvariantCulture) : "";
        return visit.Outcome switch
        {
            VisitOutcome.Known => visit.Name + score,
            VisitOutcome.Uncertain => $"perhaps {visit.Name}{score}",
            VisitOutcome.Unknown => "unknown" + score,
            VisitOutcome.NoFace => "no face",
            VisitOutcome.DamagedPicture => "damaged picture",
            VisitOutcome.NoPicture => "no picture",
            VisitOutcome.Interrupted => "interrupted",
            _ => "not decided yet",
        };
    }
}
