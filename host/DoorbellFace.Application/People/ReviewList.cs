using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>What waits for somebody's word.</summary>
/// <param name="Groups">Faces that are to be named, by likeness: who has come most often first.</param>
/// <param name="NotLookedAt">Visits whose pictures have not been looked at yet.</param>
public sealed record ReviewList(IReadOnlyList<ReviewGroup> Groups, int NotLookedAt);

/// <summary>Visits of somebody, as far as can be told, whom nobody has named.</summary>
/// <param name="Id">Stays the same while the program runs and the group is there.</param>
/// <param name="Faces">Their pictures, the latest first.</param>
/// <param name="Days">On how many days they came.</param>
/// <param name="Disagreeing">How many of the pictures would not be taken for the others.</param>
/// <param name="Look">How well they are seen.</param>
/// <param name="Like">Whom they are most like of those enrolled; null when nobody is.</param>
public sealed record ReviewGroup(
    string Id, IReadOnlyList<ReviewFace> Faces, int Days, int Disagreeing, FaceLook Look, LikePerson? Like);

/// <summary>One picture of a group.</summary>
/// <param name="Visit">The visit that it is of.</param>
/// <param name="Look">How well the face is seen.</param>
/// <param name="Agrees">It would be taken for the others.</param>
public sealed record ReviewFace(VisitRecord Visit, FaceLook Look, bool Agrees);

/// <summary>How like somebody enrolled a face is.</summary>
public enum PersonLikeness
{
    /// <summary>As like as where a name is said.</summary>
    Alike,

    /// <summary>As like as where it is said that it may be them.</summary>
    Perhaps,

    /// <summary>Less like than that.</summary>
    Unlike,
}

/// <summary>How far behind somebody the next is.</summary>
public enum NextDistance
{
    /// <summary>Nobody else is enrolled.</summary>
    Nobody,

    /// <summary>As like: a tie.</summary>
    AsNear,

    /// <summary>Not much less like.</summary>
    Near,

    /// <summary>Much less like.</summary>
    Far,
}

/// <summary>Whom a face is most like.</summary>
/// <param name="Name">Whom.</param>
/// <param name="How">How like.</param>
/// <param name="Next">Who comes next; null when nobody else is enrolled.</param>
/// <param name="Distance">How far behind that is.</param>
public sealed record LikePerson(string Name, PersonLikeness How, string? Next, NextDistance Distance);

/// <summary>Something that somebody has said, which can be taken back at any time.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">What was said.</param>
/// <param name="Name">Of whom, for <see cref="JudgementKind.Named"/>; null otherwise, and when nobody of that name is enrolled any
/// more.</param>
/// <param name="Visits">Of which visits.</param>
/// <param name="At">When.</param>
public sealed record ReviewAct(Guid Id, JudgementKind Kind, string? Name, IReadOnlyList<VisitId> Visits, DateTimeOffset At);

/// <summary>What came of naming visits.</summary>
/// <param name="Enrolment">What was learnt; when nothing of it was of use, that is still remembered for whoever was known before.</param>
/// <param name="IsRemembered">The visits are named, and are not asked about again.</param>
public sealed record ReviewAnswer(EnrolmentReport Enrolment, bool IsRemembered);
