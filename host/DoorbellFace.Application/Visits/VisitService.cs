using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Visits;

/// <summary>Looking at the visits that were kept, and deleting them. Safe beside a running door.</summary>
/// <param name="visits">Opens the store of the visits.</param>
/// <param name="people">Opens the store of the people: a visit shows the name that its person has now.</param>
/// <param name="time">The clock on the wall.</param>
public sealed class VisitService(IVisitStorage visits, IPeopleStorage people, TimeProvider time)
{
    /// <summary>What stands for the newest visit where an id is asked for.</summary>
    public const string Last = "last";

    /// <summary>Longer ago than this nothing was kept.</summary>
    private const int MostDays = 36500;

    /// <summary>
    /// The newest visits, the newest first, each with the name that its person has now and with its picture's absolute path.
    /// </summary>
    /// <param name="count">How many at most, 1 or more.</param>
    /// <exception cref="DoorbellException">The count is out of range, or a store cannot be read.</exception>
    public IReadOnlyList<VisitRecord> List(int count)
    {
        if (count < 1) throw new DoorbellException(ErrorKind.InvalidValue, $"{count} visits were asked for: expected 1 or more.");
        using IVisitStore? store = visits.OpenIfThere();
        if (store is null) return [];
        Names names = ReadNames();
        return [.. store.Recent(count).Select(visit => names.Today(visit) with { PicturePath = store.PictureOf(visit) })];
    }

    /// <summary>
    /// The visits that are wanted, the newest first, each with the name that its person has now and with its picture's absolute path.
    /// </summary>
    /// <param name="filter">Which; a person's id of today stands for all ids that the person had.</param>
    /// <param name="count">How many at most, 1 or more.</param>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public IReadOnlyList<VisitRecord> Find(VisitFilter filter, int count)
    {
        using IVisitStore? store = visits.OpenIfThere();
        if (store is null) return [];
        Names names = ReadNames();
        if (filter.People is { } wanted) filter = filter with { People = names.AllIdsOf(wanted) };
        return [.. store.Find(filter, count).Select(visit => names.Today(visit) with { PicturePath = store.PictureOf(visit) })];
    }

    /// <summary>The visits that began at an instant or later, the newest first, each with the name that its person has now.</summary>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public IReadOnlyList<VisitRecord> Since(DateTimeOffset instant)
    {
        using IVisitStore? store = visits.OpenIfThere();
        if (store is null) return [];
        Names names = ReadNames();
        return [.. store.Since(instant).Select(names.Today)];
    }

    /// <summary>One visit, with the name that its person has now and with its picture's absolute path.</summary>
    /// <param name="which">Its id, the end of its id, or "last".</param>
    /// <exception cref="DoorbellException">There is no such visit, or there are several.</exception>
    public VisitRecord Show(string which)
    {
        using IVisitStore? store = visits.OpenIfThere();
        VisitRecord visit = FindOne(store, which);
        return ReadNames().Today(visit) with { PicturePath = store!.PictureOf(visit) };
    }

    /// <summary>The picture of a visit, for enrolling somebody with it.</summary>
    /// <param name="which">Its id, the end of its id, or "last".</param>
    /// <returns>The visit as it is kept, and the picture's absolute path.</returns>
    /// <exception cref="DoorbellException">There is no such visit, or no picture of it.</exception>
    public (VisitRecord Visit, string Path) PictureOf(string which)
    {
        using IVisitStore? store = visits.OpenIfThere();
        VisitRecord visit = FindOne(store, which);
        return (visit,
            store!.PictureOf(visit) ?? throw new DoorbellException(ErrorKind.NotFound, $"There is no picture of the visit {visit.Id}."));
    }

    /// <summary>Keeps what somebody has said of visits; see <see cref="ReviewQueue"/>.</summary>
    /// <exception cref="DoorbellException">The store cannot be written.</exception>
    public void Judge(IReadOnlyCollection<VisitId> which, VisitJudgement judgement)
    {
        using IVisitStore? store = visits.OpenIfThere();
        store?.Judge(which, judgement);
    }

    /// <summary>What was said of visits, each person by the id that counts today.</summary>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public IReadOnlyDictionary<VisitId, VisitJudgement> Judgements()
    {
        using IVisitStore? store = visits.OpenIfThere();
        if (store is null) return new Dictionary<VisitId, VisitJudgement>();
        using IGalleryStore? gallery = people.OpenIfThere();
        IReadOnlyDictionary<PersonId, PersonId> merged = gallery?.Merged() ?? new Dictionary<PersonId, PersonId>();
        return store.Judgements().ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Person is { } person ? pair.Value with { Person = merged.GetValueOrDefault(person, person) } : pair.Value);
    }

    /// <summary>Forgets what was said of visits in one act.</summary>
    /// <returns>Of how many it was said.</returns>
    /// <exception cref="DoorbellException">The store cannot be written.</exception>
    public int TakeBack(Guid act)
    {
        using IVisitStore? store = visits.OpenIfThere();
        return store?.TakeBack(act) ?? 0;
    }

    /// <summary>Deletes a visit with its picture, for good.</summary>
    /// <param name="which">Its id, the end of its id, or "last".</param>
    /// <exception cref="DoorbellException">There is no such visit, or it still goes on.</exception>
    public void Delete(string which)
    {
        using IVisitStore? store = visits.OpenIfThere();
        VisitRecord visit = FindOne(store, which);
        if (visit.EndedAt is null)
            throw new DoorbellException(ErrorKind.Refused,
                "This visit still goes on, and would be kept again with its next change. Delete it when it is over.");
        store!.Delete(visit.Id);
    }

    /// <summary>Deletes, for good, every visit that ended longer ago than a time.</summary>
    /// <param name="age">Above zero.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="DoorbellException">The age is out of range, or the store cannot be written.</exception>
    public int DeleteOlderThan(TimeSpan age)
    {
        if (age <= TimeSpan.Zero || age.TotalDays > MostDays)
            throw new DoorbellException(ErrorKind.InvalidValue, $"An age of more than nothing and up to {MostDays} days was expected.");
        using IVisitStore? store = visits.OpenIfThere();
        return store?.DeleteEndedBefore(time.GetUtcNow() - age) ?? 0;
    }

    /// <summary>Deletes, for good, every visit of somebody, under whatever name it was said, also one that goes on.</summary>
    /// <param name="person">All ids that the person had.</param>
    /// <returns>How many there were.</returns>
    internal int DeleteOf(IReadOnlyCollection<PersonId> person)
    {
        using IVisitStore? store = visits.OpenIfThere();
        if (store is null) return 0;
        IReadOnlyList<VisitRecord> theirs = store.OfPeople(person);
        store.Delete(theirs);
        return theirs.Count;
    }

    /// <summary>Which visits are somebody's.</summary>
    /// <param name="person">All ids that the person had.</param>
    internal HashSet<VisitId> IdsOf(IReadOnlyCollection<PersonId> person)
    {
        using IVisitStore? store = visits.OpenIfThere();
        return [.. (store?.OfPeople(person) ?? []).Select(visit => visit.Id)];
    }

    private Names ReadNames()
    {
        using IGalleryStore? store = people.OpenIfThere();
        return store is null ? new Names([], new Dictionary<PersonId, PersonId>()) : new Names(store.ReadOutlines(), store.Merged());
    }

    private static VisitRecord FindOne(IVisitStore? store, string which)
    {
        string wanted = which.Trim();
        bool isLast = wanted.Equals(Last, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<VisitRecord> found = isLast ? store?.Recent(1) ?? []
            // A whole id is found at once; the end of one is looked for in every visit.
            : Guid.TryParseExact(wanted, "D", out Guid id) ? store?.Find(new VisitId(id)) is { } whole ? [whole] : []
            : store?.FindEnding(wanted) ?? [];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DoorbellException(ErrorKind.NotFound, isLast ? "There is no visit yet." : $"There is no visit \"{which}\".",
                isLast ? null : new Remedy(RemedyKey.ListVisits)),
            _ => throw new DoorbellException(ErrorKind.InvalidValue,
                $"{found.Count} visits have an id that ends in \"{which}\": give more of it, such as {found[0].Id}."),
        };
    }

    /// <summary>Who is called what now.</summary>
    private sealed class Names(IReadOnlyList<PersonOutline> people, IReadOnlyDictionary<PersonId, PersonId> merged)
    {
        private readonly Dictionary<PersonId, string> _names = people.ToDictionary(person => person.Id, person => person.Name);

        /// <summary>The visit with the name of today; somebody who is no longer enrolled keeps the name that was said.</summary>
        public VisitRecord Today(VisitRecord visit)
        {
            visit = visit with
            {
                Company =
                    [.. visit.Company.Select(visitor =>
                        Now(visitor.Person) is var (id, name) ? visitor with { Person = id, Name = name } : visitor)],
            };
            return Now(visit.Person) is var (person, today) ? visit with { Person = person, Name = today, NameAsSaid = visit.Name } : visit;
        }

        /// <summary>The ids that people have and had.</summary>
        public PersonId[] AllIdsOf(IReadOnlyCollection<PersonId> today) =>
            [.. today, .. merged.Where(pair => today.Contains(pair.Value)).Select(pair => pair.Key)];

        private (PersonId Id, string Name)? Now(PersonId? then)
        {
            if (then is not { } person) return null;
            PersonId now = merged.GetValueOrDefault(person, person);
            return _names.TryGetValue(now, out string? name) ? (now, name) : null;
        }
    }
}
