using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Announcements;

/// <summary>
/// What is said of a visit, in one language: everybody who stands there, known people first, then uncertain ones, then strangers.
/// </summary>
/// <param name="language">Its words.</param>
public sealed class VisitSentences(Language language)
{
    /// <summary>The first answer, or a better one.</summary>
    /// <param name="visit">An answered visit.</param>
    /// <param name="isCorrection">An answer was given before.</param>
    public string Answer(VisitRecord visit, bool isCorrection)
    {
        var visitors = new Visitors(visit.Visitors());
        if (visitors.IsEmpty) return language.Say(WithoutFace(visit, isCorrection));
        int othersCount = visitors.Perhaps.Count + visitors.Strangers;
        string others = othersCount == 0 ? "" : language.List([.. Parts(visitors, isAfterWith: visitors.Known.Count > 0)]);
        if (visitors.Known.Count > 0)
        {
            (string, string) names = ("names", language.List(visitors.Known));
            return othersCount == 0
                ? language.Say(isCorrection ? Sentence.NowKnown : Sentence.Known, visitors.Known.Count, names)
                : language.Say(isCorrection ? Sentence.NowKnownWith : Sentence.KnownWith, visitors.Known.Count, names, ("others", others));
        }
        if (visitors.Perhaps.Count == 0) return language.Say(isCorrection ? Sentence.NowUnknown : Sentence.Unknown, visitors.Strangers);
        return othersCount == 1
            ? language.Say(isCorrection ? Sentence.NowUncertain : Sentence.Uncertain, ("name", visitors.Perhaps[0]))
            : language.Say(isCorrection ? Sentence.NowOthers : Sentence.Others, othersCount, ("others", others));
    }

    /// <summary>Those who came later.</summary>
    /// <param name="joined">One at least.</param>
    public string Joined(IReadOnlyList<Visitor> joined)
    {
        var visitors = new Visitors(joined);
        return language.Say(Sentence.Joined, joined.Count,
            ("others", language.List([.. visitors.Known, .. Parts(visitors, isAfterWith: false)])));
    }

    /// <summary>Everybody who stood there, as a part of a sentence; null when no face was seen.</summary>
    public string? Who(VisitRecord visit)
    {
        var visitors = new Visitors(visit.Visitors());
        return visitors.IsEmpty ? null : language.List([.. visitors.Known, .. Parts(visitors, isAfterWith: false)]);
    }

    /// <summary>Who is not named, as parts of a sentence.</summary>
    private IEnumerable<string> Parts(Visitors visitors, bool isAfterWith)
    {
        IEnumerable<string> parts =
            visitors.Perhaps.Select(name =>
                language.Say(isAfterWith ? Sentence.PartUncertainWith : Sentence.PartUncertain, ("name", name)));
        return visitors.Strangers == 0
            ? parts
            : parts.Append(language.Say(isAfterWith ? Sentence.PartUnknownWith : Sentence.PartUnknown, visitors.Strangers));
    }

    private static Sentence WithoutFace(VisitRecord visit, bool isCorrection)
    {
        // Somebody indoors asked and nobody rang: where no face is seen, there may be nobody.
        bool nobodyRang = visit is { StartedBy: VisitStart.Look, Rings: 0 } && !isCorrection;
        return visit.Outcome switch
        {
            VisitOutcome.NoFace => nobodyRang ? Sentence.UnseenNoFace : Sentence.NoFace,
            VisitOutcome.Moving => nobodyRang ? Sentence.UnseenMoving : Sentence.Moving,
            VisitOutcome.Dark => nobodyRang ? Sentence.UnseenDark : Sentence.Dark,
            VisitOutcome.Covered => nobodyRang ? Sentence.UnseenCovered : Sentence.Covered,
            VisitOutcome.DamagedPicture => nobodyRang ? Sentence.UnseenDamagedPicture : Sentence.DamagedPicture,
            VisitOutcome.NoPicture => nobodyRang ? Sentence.UnseenNoPicture : Sentence.NoPicture,
            _ => nobodyRang ? Sentence.UnseenNotLookedAt : Sentence.NotLookedAt,
        };
    }

    /// <summary>Visitors by how well they are known.</summary>
    private sealed class Visitors(IReadOnlyList<Visitor> visitors)
    {
        public bool IsEmpty => visitors.Count == 0;

        public IReadOnlyList<string> Known =>
            [.. visitors.Where(visitor => visitor.Outcome == VisitOutcome.Known).Select(visitor => visitor.Name!)];

        public IReadOnlyList<string> Perhaps =>
            [.. visitors.Where(visitor => visitor.Outcome == VisitOutcome.Uncertain).Select(visitor => visitor.Name!)];

        public int Strangers => visitors.Count(visitor => visitor.Outcome == VisitOutcome.Unknown);
    }
}
