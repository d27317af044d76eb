using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Doors;

/// <summary>Knows strangers again who were at the door before. The door's worker owns it.</summary>
public interface IStrangers
{
    /// <summary>Takes other networks; what was known by the ones before says nothing to them.</summary>
    /// <param name="householdOf">What decides among strangers; null where nothing can.</param>
    void Use(Func<IReadOnlyList<EnrolledPerson>, Household>? householdOf);

    /// <summary>Lets time pass: reads what has changed, and looks at one picture more if nobody is at the door.</summary>
    /// <param name="now">The door's steady clock.</param>
    /// <param name="shown">The same as the clock on the wall shows it.</param>
    /// <param name="idle">Finds the faces of a picture; null while a visit goes on.</param>
    void Tick(DateTimeOffset now, DateTimeOffset shown, FaceRecognizer? idle);

    /// <summary>When a stranger was here before, the latest first; empty when they were not, or when that is not certain.</summary>
    IReadOnlyList<DateTimeOffset> Recall(VisitorIdentified identified);
}
