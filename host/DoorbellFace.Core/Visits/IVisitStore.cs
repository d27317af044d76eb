using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Visits;

/// <summary>Keeps visits and their pictures for good. Calls are short and synchronous.</summary>
public interface IVisitStore : IDisposable
{
    /// <summary>The store is still where it was opened; false when somebody has deleted or replaced it.</summary>
    bool IsThere { get; }

    /// <summary>
    /// Keeps a visit as it stands, new or known by its id. A visit with <see cref="VisitRecord.EndedAt"/> survives a power cut from then
    /// on.
    /// </summary>
    void Save(VisitRecord visit);

    /// <summary>Keeps a visit as it stands if it is known; one that was deleted stays deleted.</summary>
    void Update(VisitRecord visit);

    /// <summary>
    /// Keeps a ring until a visit of that door that holds it is saved (<see cref="ForgetRings"/>). It survives a power cut when this
    /// returns; the next to open the store as its owner makes a visit of a ring that was left behind. When the same press is kept again,
    /// it is that one that counts, and the one before no more.
    /// </summary>
    void KeepRing(DoorId door, DateTimeOffset at, PressId press);

    /// <summary>The rings of a door up to a time are part of a visit that is kept.</summary>
    void ForgetRings(DoorId door, DateTimeOffset upTo);

    /// <summary>Keeps the picture of a visit, in place of an earlier one.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="png">A whole PNG file.</param>
    /// <returns>What belongs into <see cref="VisitRecord.PicturePath"/>.</returns>
    string SavePicture(VisitRecord visit, ReadOnlySpan<byte> png);

    /// <summary>Removes the picture of a visit; the visit stays.</summary>
    void DeletePicture(VisitRecord visit);

    /// <summary>The picture's file, an absolute path; null when there is none.</summary>
    string? PictureOf(VisitRecord visit);

    /// <summary>The newest visits, the newest first.</summary>
    IReadOnlyList<VisitRecord> Recent(int count);

    /// <summary>The visits that began at an instant or later, the newest first.</summary>
    IReadOnlyList<VisitRecord> Since(DateTimeOffset instant);

    /// <summary>The visits that are wanted, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="count">How many at most, 1 or more.</param>
    IReadOnlyList<VisitRecord> Find(VisitFilter filter, int count);

    /// <summary>One visit, or null.</summary>
    VisitRecord? Find(VisitId id);

    /// <summary>The visits whose id ends so; people need not type all of it.</summary>
    /// <param name="ending">Hexadecimal digits and hyphens.</param>
    IReadOnlyList<VisitRecord> FindEnding(string ending);

    /// <summary>Keeps what somebody has said of some visits, in place of what was said of them before; it goes with the visit.</summary>
    void Judge(IReadOnlyCollection<VisitId> visits, VisitJudgement judgement);

    /// <summary>Everything that was said of visits and not taken back.</summary>
    IReadOnlyDictionary<VisitId, VisitJudgement> Judgements();

    /// <summary>Forgets what was said in one act.</summary>
    /// <returns>Of how many visits it was said.</returns>
    int TakeBack(Guid act);

    /// <summary>
    /// The visits of some people, alone or in company, also by somebody's word alone, the newest first; those that go on are among them.
    /// </summary>
    IReadOnlyList<VisitRecord> OfPeople(IReadOnlyCollection<PersonId> people);

    /// <summary>Removes a visit and its picture for good; false when there is none.</summary>
    bool Delete(VisitId id);

    /// <summary>Removes, likewise, several visits.</summary>
    void Delete(IReadOnlyCollection<VisitRecord> visits);

    /// <summary>Removes, likewise, every visit that ended before an instant.</summary>
    /// <returns>How many there were.</returns>
    int DeleteEndedBefore(DateTimeOffset instant);
}
