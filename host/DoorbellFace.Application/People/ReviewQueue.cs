using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>
/// The faces of visits that the doorbell could not name, grouped by likeness as carefully as strangers are known again, to be named by
/// somebody: nothing is learnt without a person's word, and every word can be taken back. What a face looks like is worked out from the
/// picture and kept in memory alone. Visits of several people are left out: nobody could say which face is meant. Thread-safe.
/// </summary>
/// <param name="visits">The visits.</param>
/// <param name="people">Who is enrolled.</param>
/// <param name="enrolment">Learns the pictures.</param>
/// <param name="pictures">Reads them.</param>
/// <param name="modelStamp">Changes whenever another model is put in place.</param>
/// <param name="time">The clock on the wall, and its time zone.</param>
public sealed class ReviewQueue(
    VisitService visits, PeopleService people, EnrolmentService enrolment, IPictureFiles pictures, Func<string> modelStamp,
        TimeProvider time)
{
    /// <summary>Visits that are asked about, the newest.</summary>
    public const int MostVisits = StrangerMemory.MostVisits;

    /// <summary>Pictures that are looked at in one go, which takes a few seconds.</summary>
    private const int MostAtATime = 24;

    private readonly Lock _gate = new();
    private readonly Dictionary<VisitId, SeenFace?> _seen = [];
    private Networks? _networks;
    private (string Of, Household Household)? _enrolled;

    /// <summary>What waits, if that can be told without networks; null when pictures must be looked at first.</summary>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public ReviewList? TryRead()
    {
        lock (_gate)
        {
            Present present = ReadStores();
            if (present.Waiting.Count == 0) return new ReviewList([], 0);
            bool isKnown = _networks is { } networks && networks.Stamp == modelStamp()
                && present.Waiting.All(visit => _seen.ContainsKey(visit.Id))
                && present.Everyone.SelectMany(person => person.Samples).All(sample => sample.Embedding is not null);
            return isKnown ? ListOf(present) : null;
        }
    }

    /// <summary>Looks at pictures that have not been looked at, some at a time, and says what waits.</summary>
    /// <param name="tools">The networks.</param>
    /// <param name="stop">Breaks it off; what was looked at until then stays known.</param>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public ReviewList Read(GalleryTools tools, CancellationToken stop)
    {
        lock (_gate)
        {
            Use(tools);
            // Reading them with the embedder makes what embeddings are missing, and keeps them.
            people.List(tools.Embedder);
            Present present = ReadStores();
            foreach (VisitRecord visit in present.Waiting.Where(visit => !_seen.ContainsKey(visit.Id)).Take(MostAtATime))
            {
                stop.ThrowIfCancellationRequested();
                _seen[visit.Id] = Look(visit, tools);
            }
            return ListOf(present);
        }
    }

    /// <summary>Learns who some visitors were. Of whomever a visit was taken for wrongly, that is remembered as well.</summary>
    /// <param name="which">The visits.</param>
    /// <param name="name">Who it was; whoever is new is enrolled.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <exception cref="DoorbellException">No visit is meant, one is gone, something else was said of one, the name is none, or the
    /// pictures raise a doubt; nothing was learnt.</exception>
    public ReviewAnswer Name(IReadOnlyCollection<VisitId> which, string name, GalleryTools tools, bool anyway)
    {
        RequireOpen(which);
        var act = Guid.CreateVersion7();
        EnrolmentReport report = enrolment.FromVisits(name, which, tools, anyway, act);
        // A new person of whom no picture is of use is not enrolled, so there is nobody to be remembered.
        if (report.IsNew && report.Result.Added.Count == 0) return new ReviewAnswer(report, IsRemembered: false);
        ExcludeTaken(which, report.Person.Id, tools, act);
        visits.Judge(which, new VisitJudgement(JudgementKind.Named, report.Person.Id, act, time.GetUtcNow()));
        return new ReviewAnswer(report, IsRemembered: true);
    }

    /// <summary>
    /// Remembers that nobody wants to be asked about somebody again, for as long as one of these visits is kept. Whom they were taken for,
    /// they are known not to be.
    /// </summary>
    /// <param name="which">Their visits.</param>
    /// <param name="tools">The networks.</param>
    /// <exception cref="DoorbellException">No visit is meant, something else was said of one, or a store cannot be written.</exception>
    public void Ignore(IReadOnlyCollection<VisitId> which, GalleryTools tools)
    {
        RequireOpen(which);
        var act = Guid.CreateVersion7();
        ExcludeTaken(which, itIs: null, tools, act);
        visits.Judge(which, new VisitJudgement(JudgementKind.Ignored, null, act, time.GetUtcNow()));
    }

    /// <summary>Remembers that some pictures show no face.</summary>
    /// <inheritdoc cref="PutOff"/>
    public void NotAFace(IReadOnlyCollection<VisitId> which) => SetAside(which, JudgementKind.NotAFace);

    /// <summary>Asks about some visits again when that visitor comes again, or this is taken back.</summary>
    /// <param name="which">The visits.</param>
    /// <exception cref="DoorbellException">No visit is meant, something else was said of one, or a store cannot be written.</exception>
    public void PutOff(IReadOnlyCollection<VisitId> which) => SetAside(which, JudgementKind.Later);

    /// <summary>What was said, the latest first.</summary>
    /// <param name="most">How much of it, 1 or more.</param>
    /// <exception cref="DoorbellException">A store cannot be read.</exception>
    public IReadOnlyList<ReviewAct> Said(int most)
    {
        IReadOnlyDictionary<PersonId, string> names = people.Names();
        return
        [
            .. visits.Judgements().GroupBy(pair => pair.Value.Act)
                .Select(act => (Visits: act.Select(pair => pair.Key).ToArray(), act.First().Value))
                .OrderByDescending(act => act.Value.At)
                .Take(most)
                .Select(act => new ReviewAct(
                    act.Value.Act, act.Value.Kind, act.Value.Person is { } person ? names.GetValueOrDefault(person) : null, act.Visits,
                    act.Value.At)),
        ];
    }

    /// <summary>Takes back what was said, however long ago: what was learnt of it goes, and it is asked again.</summary>
    /// <param name="act">What (<see cref="ReviewAct.Id"/>).</param>
    /// <exception cref="DoorbellException">It was taken back already, or a store cannot be written.</exception>
    public void TakeBack(Guid act)
    {
        // The pictures first: should the second step fail, it can be taken back again.
        if (people.TakeBack(act) + visits.TakeBack(act) == 0)
            throw new DoorbellException(ErrorKind.NotFound, "That has been taken back already.");
    }

    /// <summary>A second word would take the place of the first, and what was learnt of that could not be taken back any more.</summary>
    private void RequireOpen(IReadOnlyCollection<VisitId> which)
    {
        if (which.Count == 0) throw new DoorbellException(ErrorKind.InvalidValue, "No picture was chosen: choose one at least.");
        IReadOnlyDictionary<VisitId, VisitJudgement> said = visits.Judgements();
        if (which.Any(visit => said.GetValueOrDefault(visit)?.Kind is { } kind && kind != JudgementKind.Later))
            throw new DoorbellException(ErrorKind.Refused,
                "Something was said of these pictures already, perhaps in another window. Take that back first.");
    }

    private void SetAside(IReadOnlyCollection<VisitId> which, JudgementKind kind)
    {
        RequireOpen(which);
        visits.Judge(which, new VisitJudgement(kind, null, Guid.CreateVersion7(), time.GetUtcNow()));
    }

    /// <summary>Whoever was named wrongly is known not to be on these pictures.</summary>
    private void ExcludeTaken(IReadOnlyCollection<VisitId> which, PersonId? itIs, GalleryTools tools, Guid act)
    {
        IReadOnlyDictionary<PersonId, string> names = people.Names();
        foreach (VisitId id in which)
        {
            if (visits.Show(id.ToString()).Person is { } taken && taken != itIs && names.TryGetValue(taken, out string? name))
                enrolment.Exclude(name, id.ToString(), tools, act);
        }
    }

    /// <summary>Takes the networks of these tools; what other ones saw says nothing to them.</summary>
    private void Use(GalleryTools tools)
    {
        string stamp = modelStamp();
        if (_networks is { } networks && networks.Manifest.ModelSha256 == tools.Embedder.Manifest.ModelSha256)
        {
            _networks = networks with { Stamp = stamp };
            return;
        }
        ModelManifest manifest = tools.Embedder.Manifest;
        StrangerBank bank = tools.Strangers;
        _seen.Clear();
        _enrolled = null;
        _networks = new Networks(stamp, manifest, bank, new StrangerMemory(them => HouseholdOf(them, bank, manifest)));
    }

    private static Household HouseholdOf(IReadOnlyList<EnrolledPerson> them, StrangerBank bank, ModelManifest manifest) =>
        new(new Gallery(manifest.ModelSha256, them), bank, manifest);

    private Present ReadStores()
    {
        IReadOnlyList<VisitRecord> found = visits.Find(new VisitFilter { Unnamed = true }, MostVisits);
        IReadOnlyDictionary<VisitId, VisitJudgement> said = visits.Judgements();
        IReadOnlyList<PersonOutline> everyone = people.Outlines(_networks?.Manifest.ModelSha256);
        HashSet<VisitId> learnt = [.. everyone.SelectMany(person => person.Positives).Select(sample => sample.Visit).OfType<VisitId>()];
        foreach (VisitId gone in _seen.Keys.Except(found.Select(visit => visit.Id)).ToArray()) _seen.Remove(gone);
        return new Present(
            [.. found.Where(visit => !learnt.Contains(visit.Id)
                && said.GetValueOrDefault(visit.Id)?.Kind is null or JudgementKind.Ignored or JudgementKind.Later)],
            said, everyone);
    }

    private SeenFace? Look(VisitRecord visit, GalleryTools tools)
    {
        if (visit.PicturePath is not { } path || pictures.TryRead(path, out _) is not { } picture) return null;
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        SampleCheck check = SampleCheck.Of(gray, tools.InPhoto(picture), FaceQualityLimits.Recognition);
        if (check is not { Face: { } landmarks, Quality: { } quality }) return null;
        var crop = FaceCrop.Of(gray, landmarks);
        float weight = Math.Clamp(FaceQualityLimits.Recognition.Weight(quality), FaceVote.LeastWeight, 1);
        return new SeenFace(new FaceVote(weight) { Embedding = tools.Embedder.Embed(crop.Pixels, crop.Landmarks) }, quality);
    }

    private ReviewList ListOf(Present present)
    {
        Networks networks = _networks!;
        Dictionary<VisitId, VisitRecord> byId = present.Waiting.ToDictionary(visit => visit.Id);
        networks.Memory.KeepOnly(byId.Keys.ToHashSet());
        foreach (VisitRecord visit in present.Waiting)
            if (_seen.GetValueOrDefault(visit.Id) is { } face) networks.Memory.Add(visit.Id, visit.StartedAt, face.Vote);
        Household household = Enrolled(present.Everyone, networks);
        return new ReviewList(
            [.. networks.Memory.Groups().Where(group => IsAsked(group, present.Said)).Select(group => GroupOf(group, byId, household))],
            present.Waiting.Count(visit => !_seen.ContainsKey(visit.Id)));
    }

    /// <summary>Whoever is ignored is so whenever they come again; whoever was put off is asked about when they come again.</summary>
    private static bool IsAsked(StrangerGroup group, IReadOnlyDictionary<VisitId, VisitJudgement> said)
    {
        JudgementKind?[] kinds = [.. group.Visits.Select(visit => said.GetValueOrDefault(visit)?.Kind)];
        return !kinds.Contains(JudgementKind.Ignored) && kinds.Contains(null);
    }

    private ReviewGroup GroupOf(StrangerGroup group, Dictionary<VisitId, VisitRecord> byId, Household household)
    {
        SeenFace[] seen = [.. group.Visits.Select(visit => _seen[visit]!)];
        ReviewFace[] faces =
            [.. group.Visits.Zip(seen, (visit, face) =>
                new ReviewFace(byId[visit], FaceLook.Of([face.Quality]), !group.Disagreeing.Contains(visit)))];
        int days = faces.Select(face => TimeZoneInfo.ConvertTime(face.Visit.StartedAt, time.LocalTimeZone).Date).Distinct().Count();
        return new ReviewGroup(
            group.Stranger.ToString(), faces, days, group.Disagreeing.Count, FaceLook.Of([.. seen.Select(face => face.Quality)]),
            LikeWhom(Embedding.Mean(seen.Select(face => (face.Vote.Embedding!, face.Vote.Weight))), household));
    }

    private static LikePerson? LikeWhom(Embedding face, Household household)
    {
        IReadOnlyList<PersonMatch> ranking = household.Search(face);
        if (ranking is not [var best, ..]) return null;
        PersonMatch? next = ranking.ElementAtOrDefault(1);
        PersonLikeness how = best.IsNegative || best.Score < best.Thresholds.Reject ? PersonLikeness.Unlike
            : best.Surplus < 0 ? PersonLikeness.Perhaps
            : PersonLikeness.Alike;
        return new LikePerson(best.Template.Person.Name, how, next?.Template.Person.Name, DistanceOf(best, next));
    }

    private static NextDistance DistanceOf(PersonMatch best, PersonMatch? next)
    {
        var sure = new GalleryPolicyOptions();
        return next is null ? NextDistance.Nobody
            : best.Similarity - next.Similarity < sure.TieMargin ? NextDistance.AsNear
            : best.Similarity - next.Similarity < sure.OverwhelmingSurplus ? NextDistance.Near
            : NextDistance.Far;
    }

    /// <summary>Everyone enrolled; worked out again when there is another name or another picture.</summary>
    private Household Enrolled(IReadOnlyList<PersonOutline> everyone, Networks networks)
    {
        string of = string.Join('\n', everyone.SelectMany(person =>
            person.Samples.Where(sample => sample.Embedding is not null).Select(sample => $"{person.Name} {sample.Id}")));
        if (_enrolled is not { } known || known.Of != of)
            _enrolled = known = (of, HouseholdOf(Enrolled(everyone), networks.Bank, networks.Manifest));
        return known.Household;
    }

    private static EnrolledPerson[] Enrolled(IReadOnlyList<PersonOutline> everyone)
    {
        static FaceSample[] Samples(IEnumerable<SampleOutline> kept) =>
            [.. kept.Where(sample => sample.Embedding is not null)
                .Select(sample => new FaceSample(sample.Id, sample.Embedding!, sample.Weight, sample.Source))];
        return [.. everyone.Select(person =>
            new EnrolledPerson(person.Id, person.Name, Samples(person.Positives), Samples(person.Negatives)))];
    }

    /// <summary>What is left of networks when they are unloaded.</summary>
    private sealed record Networks(string Stamp, ModelManifest Manifest, StrangerBank Bank, StrangerMemory Memory);

    /// <summary>What the stores say now.</summary>
    private sealed record Present(
        IReadOnlyList<VisitRecord> Waiting, IReadOnlyDictionary<VisitId, VisitJudgement> Said, IReadOnlyList<PersonOutline> Everyone);

    private sealed record SeenFace(FaceVote Vote, FaceQuality Quality);
}
