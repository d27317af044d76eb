using System.Globalization;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.People;

/// <summary>How people are enrolled.</summary>
public sealed record EnrolmentOptions
{
    /// <summary>
    /// Most pictures kept of a person, and as many that are known not to be of them: 30 by default. Beyond it the most redundant go.
    /// </summary>
    public int MostSamples { get; init; } = 30;

    /// <summary>
    /// Pictures may differ from those that are there already: a person says that they are meant. False by default: what is there was there
    /// first, and however many newcomers there are, they do not outvote it.
    /// </summary>
    public bool MayDiffer { get; init; }
}

/// <summary>
/// Adds pictures to one person. Pictures are offered one after the other; <see cref="Finish"/> compares them with each other and with what
/// is there, and says what is to be kept. It takes only what a person hands to it: what the doorbell itself took for Anna teaches it
/// nothing. Not thread-safe.
/// </summary>
public sealed class Enrolment
{
    private readonly StoredPerson _person;
    private readonly bool _isNew;
    private readonly IFaceEmbedder _embedder;
    private readonly Func<SampleId> _newId;
    private readonly EnrolmentOptions _options;
    private readonly Guid? _enrolmentId;
    private readonly List<(StoredSample Sample, string Picture)> _offered = [];
    private readonly List<RefusedPicture> _refused = [];
    private readonly List<(StoredSample Sample, string Picture)> _unlike = [];
    private IReadOnlyList<string> _otherGroup = [];

    /// <summary>Begins.</summary>
    /// <param name="person">The person as they are kept, or, when they are new, by their name and without a sample.</param>
    /// <param name="isNew">Whether they are new.</param>
    /// <param name="embedder">The model in use; it made the embeddings of the samples that are there.</param>
    /// <param name="newId">Names samples.</param>
    /// <param name="options">Limits.</param>
    /// <param name="enrolmentId">Names this enrolment, so that it can be taken back; null when that is not wanted.</param>
    public Enrolment(StoredPerson person, bool isNew, IFaceEmbedder embedder, Func<SampleId> newId, EnrolmentOptions? options = null,
        Guid? enrolmentId = null) =>
        (_person, _isNew, _embedder, _newId, _options, _enrolmentId) =
            (person, isNew, embedder, newId, options ?? new EnrolmentOptions(), enrolmentId);

    /// <summary>Pictures that are good enough by themselves, so far.</summary>
    public int Count => _offered.Count;

    /// <summary>Offers a picture of the person.</summary>
    /// <param name="picture">Any format.</param>
    /// <param name="faces">All faces found in it, with their landmarks.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="at">When it is enrolled.</param>
    /// <param name="name">What a person calls the picture, such as the file's name.</param>
    /// <param name="visit">The visit whose picture it is; null for another picture.</param>
    /// <returns>What was made of it; refused at once if it is of no use by itself.</returns>
    public SampleCheck Offer(PixelBuffer picture, IReadOnlyList<FaceDetection> faces, SampleSource source, DateTimeOffset at, string name,
        VisitId? visit = null)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        SampleCheck check = SampleCheck.Of(gray, faces);
        if (check.Refusal is { } refusal) _refused.Add(new RefusedPicture(name, refusal, check.Reason));
        else if (SampleOf(gray, check, source, at, isNegative: false, visit) is { } sample) _offered.Add((sample, name));
        else _refused.Add(new RefusedPicture(name, SampleRefusal.AlreadyThere, "it was taken before"));
        return check;
    }

    /// <summary>
    /// A picture that was taken for the person and is of someone else. Poor ones count, too: it is in those that people are mistaken for
    /// each other.
    /// </summary>
    /// <inheritdoc cref="Offer"/>
    /// <returns>What is to be kept; nothing, with the reason, when the picture is of no use.</returns>
    public EnrolmentResult Exclude(PixelBuffer picture, IReadOnlyList<FaceDetection> faces, SampleSource source, DateTimeOffset at,
        string name, VisitId? visit = null)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        SampleCheck check = SampleCheck.Of(gray, faces, FaceQualityLimits.Recognition);
        if (check.Refusal is { } refusal) return Nothing(new RefusedPicture(name, refusal, check.Reason));
        if (SampleOf(gray, check, source, at, isNegative: true, visit) is not { } sample)
            return Nothing(new RefusedPicture(name, SampleRefusal.AlreadyThere, "it was taken before"));
        return Kept([sample], _person.Negatives);
    }

    /// <summary>Compares what was offered, and says what is to be kept.</summary>
    /// <param name="fewest">With fewer pictures that are alike nothing is kept.</param>
    public EnrolmentResult Finish(int fewest = 1)
    {
        bool isFirst = !_person.Positives.Any();
        if (isFirst && !_options.MayDiffer) RefuseASecondPerson();
        if (isFirst || _options.MayDiffer) RefuseTheUnlike();
        else GrowFromWhatIsThere();
        if (_offered.Count < fewest)
        {
            _refused.AddRange(_offered.Select(offer =>
                new RefusedPicture(offer.Picture, SampleRefusal.TooFew, $"it is one of {_offered.Count}, where {fewest} are the least")));
            _offered.Clear();
        }
        return Kept([.. _offered.Select(offer => offer.Sample)], _person.Positives);
    }

    private EnrolmentResult Kept(IReadOnlyList<StoredSample> added, IEnumerable<StoredSample> present)
    {
        IReadOnlyList<StoredSample> redundant = Redundancy.Beyond(_options.MostSamples, [.. present, .. added]);
        StoredSample[] kept = [.. added.Except(redundant)];
        var change = new GalleryChange
        {
            Named = _isNew && kept.Length > 0
                ? new Dictionary<PersonId, string> { [_person.Id] = _person.Name }
                : new Dictionary<PersonId, string>(),
            Added = [.. kept.Select(sample => (_person.Id, sample))],
            RemovedSamples = [.. redundant.Except(added).Select(sample => sample.Id)],
        };
        return new EnrolmentResult(change, kept, redundant.Count, [.. _refused])
        {
            Unlike = [.. _unlike.Select(item => item.Sample)], OtherGroup = _otherGroup,
        };
    }

    private static EnrolmentResult Nothing(RefusedPicture refused) => new(new GalleryChange(), [], 0, [refused]);

    private StoredSample? SampleOf(PixelBuffer gray, SampleCheck check, SampleSource source, DateTimeOffset at, bool isNegative,
        VisitId? visit)
    {
        FaceCrop crop = FaceCrop.Of(gray, check.Face!.Value);
        if (_person.Samples.Concat(_offered.Select(offer => offer.Sample))
            .Any(sample => sample.IsNegative == isNegative && sample.Crop.ShowsTheSame(crop))) return null;
        float weight = Math.Clamp(FaceQualityLimits.Recognition.Weight(check.Quality!), FaceVote.LeastWeight, 1);
        return new StoredSample(_newId(), source, at, weight, isNegative, crop, _embedder.Embed(crop.Pixels, crop.Landmarks))
        {
            Enrolment = _enrolmentId,
            Visit = visit,
        };
    }

    /// <summary>
    /// From the pictures that are there already outwards: the newcomer that is most like the person joins, then the one most like the
    /// person with that one, and so on; who does not come near at any step is somebody else, however many of them there are.
    /// </summary>
    private void GrowFromWhatIsThere()
    {
        float least = _embedder.Manifest.Thresholds.Reject;
        List<Embedding> theirs = [.. _person.Positives.Select(sample => sample.Embedding!)];
        var waiting = _offered.ToList();
        while (waiting.Count > 0)
        {
            var center = Embedding.Mean(theirs.Select(embedding => (embedding, 1f)));
            (StoredSample Sample, string Picture) best = waiting.MaxBy(offer => offer.Sample.Embedding!.Similarity(center));
            if (best.Sample.Embedding!.Similarity(center) < least)
            {
                foreach (var offer in waiting) RefuseUnlike(offer.Sample, offer.Picture, offer.Sample.Embedding!.Similarity(center), least);
                return;
            }
            theirs.Add(best.Sample.Embedding);
            waiting.Remove(best);
        }
    }

    private void RefuseUnlike(StoredSample sample, string picture, float similarity, float least)
    {
        _offered.RemoveAll(offer => offer.Sample == sample);
        _unlike.Add((sample, picture));
        _refused.Add(new RefusedPicture(picture, SampleRefusal.Unlike, string.Create(
            CultureInfo.InvariantCulture,
                $"it does not look like the other pictures of {_person.Name} ({similarity:0.00}; at least {least:0.00} is needed)")));
    }

    /// <summary>The pictures of a new person may show two; the smaller group goes.</summary>
    private void RefuseASecondPerson()
    {
        float least = _embedder.Manifest.Thresholds.Reject;
        if (TwoPeople.Find(_offered, offer => offer.Sample.Embedding!, least) is not ({ } smaller, var similarity)) return;
        foreach ((StoredSample sample, string picture) in smaller) RefuseUnlike(sample, picture, similarity, least);
        _otherGroup = [.. smaller.Select(offer => offer.Picture)];
    }

    /// <summary>
    /// The picture that is least like all the others together goes first, and so on until all are alike. What is there already stays: it
    /// was there first. Of two pictures that are unlike each other nobody can say which is wrong, so both go.
    /// </summary>
    private void RefuseTheUnlike()
    {
        float least = _embedder.Manifest.Thresholds.Reject;
        Embedding[] present = [.. _person.Positives.Select(sample => sample.Embedding!)];
        while (present.Length + _offered.Count > 1)
        {
            List<(StoredSample Sample, string Picture, float Similarity)> odd = [];
            foreach ((StoredSample sample, string picture) in _offered)
            {
                IEnumerable<Embedding> others =
                    present.Concat(_offered.Where(offer => offer.Sample != sample).Select(offer => offer.Sample.Embedding!));
                float similarity = sample.Embedding!.Similarity(Embedding.Mean(others.Select(other => (other, 1f))));
                if (similarity < least) odd.Add((sample, picture, similarity));
            }
            if (odd.Count == 0) return;
            bool isStalemate = present.Length == 0 && _offered.Count == 2;
            foreach ((StoredSample sample, string picture, float similarity) in odd.OrderBy(item => item.Similarity)
                .Take(isStalemate ? 2 : 1))
            {
                RefuseUnlike(sample, picture, similarity, least);
            }
        }
    }
}

/// <summary>A picture that is not kept.</summary>
/// <param name="Picture">What a person calls it.</param>
/// <param name="Refusal">Why.</param>
/// <param name="Reason">Why, as part of a sentence.</param>
public sealed record RefusedPicture(string Picture, SampleRefusal Refusal, string Reason);

/// <summary>What came of an enrolment.</summary>
/// <param name="Change">To be applied to the store; empty when nothing is kept.</param>
/// <param name="Added">Samples that are new.</param>
/// <param name="Redundant">Samples, old or new, that were dropped because others say the same.</param>
/// <param name="Refused">Pictures that are not kept.</param>
public sealed record EnrolmentResult(GalleryChange Change, IReadOnlyList<StoredSample> Added, int Redundant,
    IReadOnlyList<RefusedPicture> Refused)
{
    /// <summary>Pictures that were refused because they do not look like the person's others.</summary>
    public IReadOnlyList<StoredSample> Unlike { get; init; } = [];

    /// <summary>
    /// Of a new person's pictures: the names of those that look like one other person; empty when there is no such group.
    /// </summary>
    public IReadOnlyList<string> OtherGroup { get; init; } = [];
}
