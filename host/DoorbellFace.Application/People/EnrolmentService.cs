using System.Globalization;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>
/// Lets the doorbell know people: from photos, from a visit, or at the door. A running door knows them before its next ring.
/// </summary>
/// <param name="people">Who is enrolled.</param>
/// <param name="visits">The visits, one of which may show the person.</param>
/// <param name="pictures">Reads picture files.</param>
/// <param name="time">The clock on the wall.</param>
/// <param name="voice">Says what a new name sounds like; null: nothing is known of that.</param>
public sealed class EnrolmentService(PeopleService people, VisitService visits, IPictureFiles pictures, TimeProvider time,
    INameVoice? voice = null)
{
    /// <summary>Enrols from picture files; each shows the person, and nobody else.</summary>
    /// <param name="name">Who.</param>
    /// <param name="files">The pictures: what people call each, and its path.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="onPicture">Called after each picture.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <param name="stop">Breaks it off; nothing is kept then.</param>
    /// <exception cref="DoorbellException">The name is none, or the pictures raise a doubt that nobody has answered
    /// (<see cref="ErrorKind.Refused"/>).</exception>
    public EnrolmentReport FromFiles(
        string name, IReadOnlyList<(string Name, string Path)> files, GalleryTools tools, Action onPicture, bool anyway,
            CancellationToken stop)
    {
        EnrolmentUnderWay enrolment = Begin(name, tools, anyway);
        var unreadable = new List<RefusedPicture>();
        foreach ((string pictureName, string path) in files)
        {
            stop.ThrowIfCancellationRequested();
            PixelBuffer? picture = pictures.TryRead(path, out string reason);
            if (picture is null) unreadable.Add(new RefusedPicture(pictureName, SampleRefusal.NoFace, reason));
            else enrolment.Enrolment.Offer(picture, tools.InPhoto(picture), SampleSource.Photo, time.GetUtcNow(), pictureName);
            onPicture();
        }
        return Finish(enrolment, 1, unreadable);
    }

    /// <summary>Enrols from photos that somebody sent.</summary>
    /// <param name="name">Who.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="meant">Asked about a photo with several faces: its place, the picture and those faces. Gives the one that is meant, or
    /// none of them; null when somebody must be asked first.</param>
    /// <param name="onPicture">Called after each photo.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <param name="stop">Breaks it off; nothing is kept then.</param>
    /// <returns>What came of it; null when somebody must be asked first, and nothing was kept.</returns>
    /// <exception cref="DoorbellException">The name is none, or the pictures raise a doubt that nobody has answered
    /// (<see cref="ErrorKind.Refused"/>).</exception>
    public EnrolmentReport? FromPhotos(string name, IReadOnlyList<SentPhoto> photos, GalleryTools tools,
        Func<int, PixelBuffer, IReadOnlyList<FaceDetection>, IReadOnlyList<FaceDetection>?> meant, Action onPicture, bool anyway,
        CancellationToken stop)
    {
        EnrolmentUnderWay enrolment = Begin(name, tools, anyway);
        var unreadable = new List<RefusedPicture>();
        bool mustAsk = false;
        for (int place = 0; place < photos.Count; place++)
        {
            stop.ThrowIfCancellationRequested();
            SentPhoto photo = photos[place];
            PixelBuffer? picture = pictures.TryDecode(photo.Content, "The file", out string reason);
            if (picture is null) unreadable.Add(new RefusedPicture(photo.Name, SampleRefusal.NoFace, reason));
            else
            {
                IReadOnlyList<FaceDetection>? faces = tools.InPhoto(picture);
                IReadOnlyList<FaceDetection> several = SampleCheck.Meant(faces);
                if (several.Count > 1) faces = meant(place, picture, several);
                if (faces is null) mustAsk = true;
                // None of several: the photo is of others.
                else if (several.Count <= 1 || faces.Count > 0)
                    enrolment.Enrolment.Offer(picture, faces, SampleSource.Photo, time.GetUtcNow(), photo.Name);
            }
            onPicture();
        }
        return mustAsk ? null : Finish(enrolment, 1, unreadable);
    }

    /// <summary>Enrols the visitor of a past visit.</summary>
    /// <param name="name">Who it was.</param>
    /// <param name="which">The visit: its id, the end of it, or "last".</param>
    /// <param name="tools">The networks.</param>
    /// <param name="anyway">Take the picture although it may be of somebody else.</param>
    /// <exception cref="DoorbellException">There is no such visit or no picture of it, the name is none, or the picture raises a
    /// doubt.</exception>
    public EnrolmentReport FromVisit(string name, string which, GalleryTools tools, bool anyway) =>
        FromVisits(name, [visits.PictureOf(which)], tools, anyway, Guid.CreateVersion7());

    /// <summary>Enrols the visitor of several past visits.</summary>
    /// <param name="name">Who it was.</param>
    /// <param name="which">The visits.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <param name="act">Names what is learnt, so that it can be taken back.</param>
    /// <exception cref="DoorbellException">One of the visits, or its picture, is not there, the name is none, or the pictures raise a
    /// doubt.</exception>
    public EnrolmentReport FromVisits(string name, IReadOnlyCollection<VisitId> which, GalleryTools tools, bool anyway, Guid act) =>
        FromVisits(name, [.. which.Select(visit => visits.PictureOf(visit.ToString()))], tools, anyway, act);

    /// <summary>Prepares an enrolment at the door; <see cref="Finish"/> keeps what came of it.</summary>
    /// <param name="name">Who.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="speaker">Speaks what the coach says.</param>
    /// <param name="language">What is said is said in it.</param>
    /// <param name="coach">How patient the coach is.</param>
    /// <param name="said">Told each sentence.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <param name="wall">Faces that hang on the wall there; null: none.</param>
    /// <exception cref="DoorbellException">The name is none.</exception>
    public (EnrolmentUnderWay UnderWay, EnrolmentAtDoor AtDoor) AtTheDoor(
        string name, GalleryTools tools, ISpeaker speaker, Language language, CoachOptions coach, Action<string>? said,
        bool anyway, Func<WallPictures>? wall = null)
    {
        EnrolmentUnderWay enrolment = Begin(name, tools, anyway);
        var atDoor = new EnrolmentAtDoor(tools, enrolment.Enrolment, new EnrolmentCoach(enrolment.Person.Name, language, coach), speaker)
        {
            Said = said, Wall = wall,
        };
        return (enrolment, atDoor);
    }

    /// <summary>Keeps what came of an enrolment.</summary>
    /// <param name="underWay">The enrolment.</param>
    /// <param name="fewest">With fewer good pictures nothing is kept.</param>
    /// <param name="unreadable">Pictures that never came to be looked at.</param>
    /// <exception cref="DoorbellException">The pictures raise a doubt that nobody has answered; nothing was kept.</exception>
    public EnrolmentReport Finish(EnrolmentUnderWay underWay, int fewest, IReadOnlyList<RefusedPicture> unreadable)
    {
        EnrolmentResult result = underWay.Enrolment.Finish(fewest);
        string? alike = LikeWhom(result.Added, underWay);
        if (!underWay.Anyway && Doubt(result, underWay, alike) is { } doubt)
            throw new DoorbellException(ErrorKind.Refused, doubt, new Remedy(RemedyKey.Confirm, underWay.Person.Name));
        if (result.Added.Count > 0) people.Apply(result.Change);
        int samples = underWay.Person.Positives.Count() + result.Added.Count - result.Change.RemovedSamples.Count;
        return new EnrolmentReport(underWay.Person, underWay.IsNew, result, [.. unreadable, .. result.Refused], samples,
            underWay.IsNew ? alike : null);
    }

    /// <summary>Remembers that the visitor of a visit was taken for a person and is somebody else.</summary>
    /// <param name="name">Whose name was said.</param>
    /// <param name="which">The visit: its id, the end of it, or "last".</param>
    /// <param name="tools">The networks.</param>
    /// <param name="act">Names what is learnt, so that it can be taken back with other pictures; null for this picture alone.</param>
    /// <exception cref="DoorbellException">There is no such person or visit, or no picture of it.</exception>
    public EnrolmentResult Exclude(string name, string which, GalleryTools tools, Guid? act = null)
    {
        StoredPerson person = PersonLookup.Require(people.List(tools.Embedder), name);
        (VisitRecord visit, string path) = visits.PictureOf(which);
        PixelBuffer picture = pictures.TryRead(path, out string reason) ?? throw new DoorbellException(ErrorKind.UnusableInput, reason);
        EnrolmentResult result = new Enrolment(person, isNew: false, tools.Embedder, NewSample, enrolmentId: act ?? Guid.CreateVersion7())
            .Exclude(picture, tools.InPhoto(picture), SampleSource.Visit, time.GetUtcNow(), "the picture of the visit", visit.Id);
        if (result.Added.Count > 0) people.Apply(result.Change);
        return result;
    }

    private static SampleId NewSample() => new(Guid.CreateVersion7());

    private EnrolmentReport FromVisits(
        string name, IReadOnlyList<(VisitRecord Visit, string Path)> shown, GalleryTools tools, bool anyway, Guid act)
    {
        EnrolmentUnderWay enrolment = Begin(name, tools, anyway, act);
        var unreadable = new List<RefusedPicture>();
        foreach ((VisitRecord visit, string path) in shown)
        {
            string called = shown.Count == 1
                ? "the picture of the visit"
                : string.Create(CultureInfo.InvariantCulture,
                    $"the picture of {TimeZoneInfo.ConvertTime(visit.StartedAt, time.LocalTimeZone):yyyy-MM-dd HH:mm}");
            PixelBuffer? picture = pictures.TryRead(path, out string reason);
            if (picture is null) unreadable.Add(new RefusedPicture(called, SampleRefusal.NoFace, reason));
            else enrolment.Enrolment.Offer(picture, tools.InPhoto(picture), SampleSource.Visit, time.GetUtcNow(), called, visit.Id);
        }
        return Finish(enrolment, 1, unreadable);
    }

    private EnrolmentUnderWay Begin(string name, GalleryTools tools, bool anyway, Guid? act = null)
    {
        string clean = PersonLookup.CheckName(name);
        IReadOnlyList<StoredPerson> all = people.List(tools.Embedder);
        StoredPerson? known = PersonLookup.Find(all, clean);
        if (known is null && !anyway) NameSounds.Check(voice, clean, all.Select(person => person.Name));
        StoredPerson person = known ?? new StoredPerson(new PersonId(Guid.CreateVersion7()), clean, []);
        var enrolment =
            new Enrolment(person, known is null, tools.Embedder, NewSample, new EnrolmentOptions { MayDiffer = anyway },
                act ?? Guid.CreateVersion7());
        return new EnrolmentUnderWay(enrolment, person, known is null, all, tools.Embedder.Manifest, anyway);
    }

    /// <summary>
    /// Why somebody should say first that these pictures are meant, as a sentence; null when nothing speaks against them.
    /// </summary>
    private static string? Doubt(EnrolmentResult result, EnrolmentUnderWay underWay, string? alike)
    {
        string name = underWay.Person.Name;
        int unlike = underWay.IsNew ? 0 : result.Refused.Count(picture => picture.Refusal == SampleRefusal.Unlike);
        if (unlike >= 2 && unlike > result.Added.Count)
        {
            string others = LikeWhom(result.Unlike, underWay) is { } other ? $" They look like {other}." : "";
            return $"Is this really {name}? {PictureCount.InWords(unlike)} do not look like the {name} who is enrolled.{others} Nothing "
                + $"was kept.";
        }
        if (!underWay.IsNew && alike is not null && alike != name)
            return $"Is this really {name}? These pictures look like {alike}, who is enrolled as well. Nothing was kept.";
        return result.OtherGroup.Count >= 2
            ? $"These pictures show two people: {PictureCount.InWords(result.Added.Count)} agree with each other, and "
                + $"{result.OtherGroup.Count} others ({string.Join(", ", result.OtherGroup)}) agree among themselves. Nothing was kept."
            : null;
    }

    /// <summary>Whom pictures would be taken for, of the others enrolled; null for nobody.</summary>
    private static string? LikeWhom(IReadOnlyList<StoredSample> samples, EnrolmentUnderWay underWay)
    {
        if (samples.Count == 0) return null;
        var mean = Embedding.Mean(samples.Select(sample => (sample.Embedding!, sample.Weight)));
        return GalleryLoader.Of(underWay.Everyone, underWay.Manifest.ModelSha256).People
            .Where(person => person.Samples.Count > 0 && person.Id != underWay.Person.Id)
            .Select(person => (person.Name, Similarity: PersonTemplate.Of(person).Center.Similarity(mean)))
            .Where(item => item.Similarity >= underWay.Manifest.Thresholds.Accept)
            .OrderByDescending(item => item.Similarity)
            .Select(item => item.Name)
            .FirstOrDefault();
    }
}

/// <summary>An enrolment that has begun.</summary>
/// <param name="Enrolment">Gets the pictures.</param>
/// <param name="Person">Who; without a sample when they are new.</param>
/// <param name="IsNew">Whether they are new.</param>
/// <param name="Everyone">Everyone enrolled, with embeddings.</param>
/// <param name="Manifest">The model's contract.</param>
/// <param name="Anyway">Doubts were answered before.</param>
public sealed record EnrolmentUnderWay(Enrolment Enrolment, StoredPerson Person, bool IsNew, IReadOnlyList<StoredPerson> Everyone,
    ModelManifest Manifest, bool Anyway);

/// <summary>What came of an enrolment.</summary>
/// <param name="Person">Who, as they were before.</param>
/// <param name="IsNew">Whether they were new.</param>
/// <param name="Result">What was kept and dropped.</param>
/// <param name="Refused">Pictures that are not kept, with the reason, and those that could not be read.</param>
/// <param name="Samples">Pictures of them now.</param>
/// <param name="LooksLike">Somebody else enrolled whom a new person's pictures look like; null for nobody.</param>
public sealed record EnrolmentReport(
    StoredPerson Person, bool IsNew, EnrolmentResult Result, IReadOnlyList<RefusedPicture> Refused, int Samples, string? LooksLike);
