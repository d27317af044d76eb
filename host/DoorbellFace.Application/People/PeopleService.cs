using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.People;

/// <summary>Who is enrolled, and looking after them. A running door notices each change before its next ring.</summary>
/// <param name="storage">Opens the store of the people.</param>
/// <param name="visits">The visits; those of a person who is forgotten can go with them.</param>
/// <param name="loadTools">Loads the networks; asked for only where a picture must be looked at.</param>
/// <param name="voice">Says what a new name sounds like; null: nothing is known of that.</param>
/// <param name="rules">The rules of the house; those about a person go with the person. Null where there are none.</param>
/// <param name="forgetElsewhere">Removes what is kept elsewhere of people who go: pictures that a model is made from, notes. Null where
/// there is nothing.</param>
public sealed class PeopleService(
    IPeopleStorage storage, VisitService visits, Func<GalleryTools> loadTools, INameVoice? voice = null, RulesService? rules = null,
    Action<IReadOnlyCollection<PersonId>>? forgetElsewhere = null)
{
    /// <summary>Everyone, by name, without a picture.</summary>
    public IReadOnlyList<PersonOutline> List()
    {
        using IGalleryStore? store = storage.OpenIfThere();
        return store?.ReadOutlines() ?? [];
    }

    /// <summary>Who is called what.</summary>
    public IReadOnlyDictionary<PersonId, string> Names() => List().ToDictionary(person => person.Id, person => person.Name);

    /// <summary>Everyone, by name, without a picture, and with the embeddings that a model has made of them.</summary>
    /// <param name="modelSha256">The model; null for none.</param>
    public IReadOnlyList<PersonOutline> Outlines(string? modelSha256)
    {
        using IGalleryStore? store = storage.OpenIfThere();
        return store?.ReadOutlines(modelSha256) ?? [];
    }

    /// <summary>One picture of a person; null when it is not there, or no longer.</summary>
    public StoredSample? FindPicture(SampleId picture)
    {
        using IGalleryStore? store = storage.OpenIfThere();
        return store?.FindSample(picture);
    }

    /// <summary>Everyone, with the embeddings of a model.</summary>
    public IReadOnlyList<StoredPerson> List(IFaceEmbedder embedder)
    {
        using IGalleryStore? store = storage.OpenIfThere();
        return store is null ? [] : GalleryLoader.Read(store, embedder);
    }

    /// <summary>Gives a person another name; past visits show it, too.</summary>
    /// <param name="name">Who.</param>
    /// <param name="newName">The new name.</param>
    /// <param name="anyway">Take the name although it may sound like somebody else's.</param>
    /// <returns>The person as they were, and the new name.</returns>
    /// <exception cref="DoorbellException">There is no such person, the new name is none, or somebody else has it.</exception>
    public (PersonOutline Person, string Name) Rename(string name, string newName, bool anyway = false)
    {
        IReadOnlyList<PersonOutline> people = List();
        PersonOutline person = PersonLookup.Require(people, name);
        string clean = PersonLookup.CheckName(newName);
        if (PersonLookup.Find(people, clean) is { } other && other.Id != person.Id)
            throw new DoorbellException(ErrorKind.Refused, $"{other.Name} is enrolled already. If both are the same person, join them.",
                new Remedy(RemedyKey.Merge, person.Name, other.Name));
        if (!anyway) NameSounds.Check(voice, clean, people.Where(other => other.Id != person.Id).Select(other => other.Name));
        Apply(new GalleryChange { Named = new Dictionary<PersonId, string> { [person.Id] = clean } });
        return (person, clean);
    }

    /// <summary>Joins two entries that are the same person: the pictures of the first go to the second, and past visits follow.</summary>
    /// <exception cref="DoorbellException">One of them is not there, or both are the same entry.</exception>
    public MergeResult Merge(string name, string into)
    {
        IReadOnlyList<PersonOutline> people = List();
        PersonOutline goes = PersonLookup.Require(people, name), stays = PersonLookup.Require(people, into);
        if (goes.Id == stays.Id) throw new DoorbellException(ErrorKind.InvalidValue, $"Both names are {goes.Name}; name two people.");
        SampleId[] redundant = Redundant(goes, stays);
        // Rules that cannot be read are complained about before anything has changed.
        rules?.Read();
        Apply(new GalleryChange
        {
            Moved = [.. goes.Samples.Select(sample => (sample.Id, stays.Id))],
            RemovedSamples = redundant,
            Merged = new Dictionary<PersonId, PersonId> { [goes.Id] = stays.Id },
        });
        rules?.Merge(goes.Id, stays.Id);
        return new MergeResult(goes, stays, goes.Positives.Concat(stays.Positives).Count(sample => !redundant.Contains(sample.Id)),
            redundant.Length);
    }

    /// <summary>Makes a person of their own out of some of somebody's pictures.</summary>
    /// <param name="name">Whose pictures they are now.</param>
    /// <param name="newName">Whose they are to be; nobody enrolled has that name.</param>
    /// <param name="pictures">Which.</param>
    /// <exception cref="DoorbellException">The person or a picture is not there, the name is none or is taken, or no picture would be
    /// left.</exception>
    public PersonOutline Split(string name, string newName, IReadOnlyCollection<SampleId> pictures)
    {
        IReadOnlyList<PersonOutline> people = List();
        PersonOutline person = PersonLookup.Require(people, name);
        string clean = PersonLookup.CheckName(newName);
        if (PersonLookup.Find(people, clean) is { } other)
            throw new DoorbellException(ErrorKind.Refused, $"{other.Name} is enrolled already: choose another name.");
        SampleOutline[] moved = [.. person.Positives.Where(sample => pictures.Contains(sample.Id))];
        if (moved.Length == 0 || moved.Length != pictures.Count)
            throw new DoorbellException(ErrorKind.NotFound, $"These are not all pictures of {person.Name}.");
        if (moved.Length == person.Positives.Count())
            throw new DoorbellException(ErrorKind.Refused, $"No picture of {person.Name} would be left: rename {person.Name} instead.");
        var fresh = new PersonOutline(new PersonId(Guid.CreateVersion7()), clean, moved);
        Apply(new GalleryChange
        {
            Named = new Dictionary<PersonId, string> { [fresh.Id] = clean },
            Moved = [.. moved.Select(sample => (sample.Id, fresh.Id))],
        });
        return fresh;
    }

    /// <summary>
    /// Forgets a person for good: name, rules, pictures, embeddings, and pictures of them that are kept as known not to be of somebody
    /// else. With their visits, nothing of them is left anywhere.
    /// </summary>
    /// <param name="name">Who.</param>
    /// <param name="withVisits">Whether their visits go, under whatever name they were said, also one that goes on.</param>
    /// <exception cref="DoorbellException">There is no such person, or something cannot be removed; it can be tried again.</exception>
    public ForgetResult Forget(string name, bool withVisits)
    {
        PersonOutline person;
        PersonId[] ids;
        SampleId[] negatives;
        using (IGalleryStore? store = storage.OpenIfThere())
        {
            IReadOnlyList<PersonOutline> people = store?.ReadOutlines() ?? [];
            person = PersonLookup.Require(people, name);
            PersonId id = person.Id;
            ids = [id, .. store!.Merged().Where(pair => pair.Value == id).Select(pair => pair.Key)];
            negatives = [.. ShownElsewhere(person, ids, store)];
        }
        // What lies elsewhere, the rules and the visits first: should that fail, the person is still there to be forgotten again.
        forgetElsewhere?.Invoke(ids);
        rules?.Forget(ids);
        int deleted = withVisits ? visits.DeleteOf(ids) : 0;
        Apply(new GalleryChange { RemovedSamples = negatives, RemovedPeople = [person.Id] });
        // A door that was just saving a visit of theirs has done so by now, and will not do it again.
        if (withVisits) deleted += visits.DeleteOf(ids);
        forgetElsewhere?.Invoke(ids);
        return new ForgetResult(person, deleted, negatives.Length);
    }

    /// <summary>Takes one picture away from a person.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="which">The end of the picture's id.</param>
    /// <returns>The person as they were, and the picture's id.</returns>
    /// <exception cref="DoorbellException">There is no such person or picture.</exception>
    public (PersonOutline Person, SampleId Picture) RemovePicture(string name, string which)
    {
        PersonOutline person = PersonLookup.Require(List(), name);
        SampleId picture = PersonLookup.OnePicture(person, which);
        Apply(new GalleryChange { RemovedSamples = [picture] });
        return (person, picture);
    }

    /// <summary>
    /// Takes the last enrolment of a person back: the pictures that it brought go. With the last of them the person goes, too.
    /// </summary>
    /// <returns>The person as they were, how many pictures went, and how many of them are left.</returns>
    /// <exception cref="DoorbellException">There is no such person, or their pictures are older than enrolments can be told
    /// apart.</exception>
    public (PersonOutline Person, int Removed, int Left) UndoEnrolment(string name) => UndoEnrolment(name, enrolment: null);

    /// <summary>Takes one enrolment of a person back, or one thing that a visit taught of them, however long ago it was.</summary>
    /// <param name="name">Who.</param>
    /// <param name="enrolment">Which (<see cref="SampleOutline.Enrolment"/>); null for the last.</param>
    /// <returns>The person as they were, how many pictures went, and how many of them are left.</returns>
    /// <exception cref="DoorbellException">There is no such person, or no such enrolment of them.</exception>
    public (PersonOutline Person, int Removed, int Left) UndoEnrolment(string name, Guid? enrolment)
    {
        PersonOutline person = PersonLookup.Require(List(), name);
        if (enrolment is not null && person.Samples.All(sample => sample.Enrolment != enrolment))
            throw new DoorbellException(ErrorKind.NotFound, "That has been taken back already.");
        Guid last = enrolment ?? person.Samples.Where(sample => sample.Enrolment is not null).MaxBy(sample => sample.AddedAt)?.Enrolment
            ?? throw new DoorbellException(
                ErrorKind.Refused, $"The pictures of {person.Name} are older than this program: which enrolment brought them was not kept. "
                + "Take pictures away one by one.");
        SampleId[] removed = [.. person.Samples.Where(sample => sample.Enrolment == last).Select(sample => sample.Id)];
        int left = person.Positives.Count(sample => !removed.Contains(sample.Id));
        if (left == 0) rules?.Forget([person.Id]);
        Apply(new GalleryChange { RemovedSamples = removed, RemovedPeople = left == 0 ? [person.Id] : [] });
        return (person, removed.Length, left);
    }

    /// <summary>Takes back what was learnt in one act, of whomever; who has no picture left goes, too.</summary>
    /// <param name="act">Which (<see cref="SampleOutline.Enrolment"/>).</param>
    /// <returns>How many pictures went.</returns>
    public int TakeBack(Guid act)
    {
        IReadOnlyList<PersonOutline> everyone = List();
        SampleId[] removed =
            [.. everyone.SelectMany(person => person.Samples).Where(sample => sample.Enrolment == act).Select(sample => sample.Id)];
        if (removed.Length == 0) return 0;
        PersonId[] gone =
            [.. everyone.Where(person => person.Positives.Any() && person.Positives.All(sample => sample.Enrolment == act))
                .Select(person => person.Id)];
        if (gone.Length > 0) rules?.Forget(gone);
        Apply(new GalleryChange { RemovedSamples = removed, RemovedPeople = gone });
        return removed.Length;
    }

    /// <summary>Asks for each picture as if a visitor showed it: who is mistaken for whom, and what to do.</summary>
    /// <exception cref="DoorbellException">Nobody is enrolled, or the networks cannot be loaded.</exception>
    public IReadOnlyList<SelfTestPerson> SelfTest()
    {
        if (List().Count == 0) throw new DoorbellException(ErrorKind.NotFound, "Nobody is enrolled yet.", new Remedy(RemedyKey.Enrol));
        using GalleryTools tools = loadTools();
        ModelManifest manifest = tools.Embedder.Manifest;
        return GallerySelfTest.Run(GalleryLoader.Of(List(tools.Embedder), manifest.ModelSha256), tools.Strangers, manifest);
    }

    internal void Apply(GalleryChange change)
    {
        using IGalleryStore store = storage.Open();
        store.Apply(change);
    }

    /// <summary>The networks are asked only when there are too many pictures.</summary>
    private SampleId[] Redundant(PersonOutline goes, PersonOutline stays)
    {
        int most = new EnrolmentOptions().MostSamples;
        if (goes.Positives.Concat(stays.Positives).Count() <= most && goes.Negatives.Concat(stays.Negatives).Count() <= most) return [];
        using GalleryTools tools = loadTools();
        StoredSample[] all =
            [.. List(tools.Embedder).Where(person => person.Id == goes.Id || person.Id == stays.Id).SelectMany(person => person.Samples)];
        return [.. all.GroupBy(sample => sample.IsNegative).SelectMany(alike => Redundancy.Beyond(most, [.. alike]))
            .Select(sample => sample.Id)];
    }

    /// <summary>
    /// Pictures kept as "not Ben" that show the person who goes: by the visit they come from, or, where the person has pictures to compare
    /// with, because they look more like them than like anybody else enrolled.
    /// </summary>
    private IEnumerable<SampleId> ShownElsewhere(PersonOutline person, PersonId[] ids, IGalleryStore store)
    {
        SampleOutline[] negatives =
            [.. store.ReadOutlines().Where(other => other.Id != person.Id).SelectMany(other => other.Negatives)];
        if (negatives.Length == 0) return [];
        HashSet<VisitId> theirs = visits.IdsOf(ids);
        SampleId[] byVisit =
            [.. negatives.Where(sample => sample.Visit is { } visit && theirs.Contains(visit)).Select(sample => sample.Id)];
        if (byVisit.Length == negatives.Length || !person.Positives.Any()) return byVisit;
        GalleryTools tools;
        try
        {
            tools = loadTools();
        }
        catch (InvalidModelException)
        {
            // Somebody wants to be forgotten; networks that cannot be loaded are no reason against it.
            return byVisit;
        }
        using GalleryTools disposed = tools;
        float least = tools.Embedder.Manifest.Thresholds.Reject;
        Gallery gallery = GalleryLoader.Of(GalleryLoader.Read(store, tools.Embedder), tools.Embedder.Manifest.ModelSha256);
        PersonTemplate[] templates = [.. gallery.People.Where(one => one.Samples.Count > 0).Select(PersonTemplate.Of)];
        SampleId[] byLikeness =
        [
            .. gallery.People.Where(other => other.Id != person.Id).SelectMany(other => other.Negatives)
                .Where(negative => templates.MaxBy(template => template.Center.Similarity(negative.Embedding)) is { } best
                    && best.Person.Id == person.Id && best.Center.Similarity(negative.Embedding) >= least)
                .Select(negative => negative.Id),
        ];
        return byVisit.Union(byLikeness);
    }
}

/// <summary>What came of joining two entries.</summary>
/// <param name="Goes">The entry that is gone.</param>
/// <param name="Stays">The entry that stays, as it was before.</param>
/// <param name="Samples">Pictures that it has now.</param>
/// <param name="Redundant">Pictures that were dropped because others say the same.</param>
public sealed record MergeResult(PersonOutline Goes, PersonOutline Stays, int Samples, int Redundant);

/// <summary>What was removed with a person.</summary>
/// <param name="Person">As they were.</param>
/// <param name="Visits">Visits deleted.</param>
/// <param name="Negatives">Pictures of them that were kept as known not to be of somebody else, and went.</param>
public sealed record ForgetResult(PersonOutline Person, int Visits, int Negatives);
