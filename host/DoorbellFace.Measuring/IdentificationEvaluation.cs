using System.Diagnostics;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>
/// Measures the whole way from uncropped photos to names: some photos of each person enrol them, the others are probes, and strangers come
/// who are nobody's family. A probe without a face counts as a miss in every rate.
/// </summary>
public sealed class IdentificationEvaluation
{
    private readonly PhotoFaces _photos;
    private readonly FaceRecognizer _frames;
    private readonly IFaceEmbedder _embedder;
    private readonly StrangerBank _bank;
    private readonly SecondOpinion? _opinion;
    private readonly IdentificationSettings _settings;
    private readonly Dictionary<string, RecognizedFace?> _clean = [];
    private long _lookingTicks;
    private int _looks;

    /// <summary>Measures an engine.</summary>
    public IdentificationEvaluation(FaceEngine engine, IdentificationSettings settings)
    {
        _photos = engine.Photos;
        _frames = new FaceRecognizer(engine.Finder, engine.Reader);
        _embedder = engine.Embedder;
        _bank = engine.Strangers;
        _opinion = settings.GalleryOnly ? null : SecondOpinion.Of(engine.Embedder.Manifest);
        _settings = settings;
    }

    /// <summary>Photos that will be looked at.</summary>
    public static int CountPhotos(IReadOnlyList<PersonPhotos> people, IReadOnlyList<PersonPhotos> strangers) =>
        people.Concat(strangers).Sum(person => person.Photos.Count);

    /// <summary>Does it.</summary>
    /// <param name="people">The family.</param>
    /// <param name="strangers">Everyone else; may be empty with <see cref="IdentificationSettings.LeaveOneOut"/>.</param>
    /// <param name="onPhoto">Called after each photo.</param>
    /// <param name="stop">Ends it; nothing comes of it then.</param>
    /// <param name="enrolment">Photos to enrol the family with; null: some of <paramref name="people"/>'s own.</param>
    public IdentificationResult Run(
        IReadOnlyList<PersonPhotos> people, IReadOnlyList<PersonPhotos> strangers, Action onPhoto, CancellationToken stop,
            IReadOnlyList<PersonPhotos>? enrolment = null)
    {
        var enrolled = new List<EnrolledPerson>();
        var probes = new List<Probe>();
        foreach (PersonPhotos person in people)
        {
            string[] photos = Shuffled(person);
            string[] toEnrol =
                [.. (enrolment is null ? photos : Shuffled(enrolment.First(other => other.Name == person.Name)))
                    .Take(_settings.EnrolmentPhotos)];
            var samples = new List<FaceSample>();
            foreach (string photo in toEnrol)
            {
                stop.ThrowIfCancellationRequested();
                if (Look(photo, _settings.EnrolmentCamera, frames: 1) is { } vote)
                    samples.Add(new FaceSample(new SampleId(Guid.NewGuid()), vote.Embedding!, vote.Weight, SampleSource.Photo));
                onPhoto();
            }
            foreach (string photo in enrolment is null ? photos[toEnrol.Length..] : photos)
            {
                stop.ThrowIfCancellationRequested();
                probes.Add(new Probe(person.Name, photo, IsStranger: false, Look(photo, _settings.Camera, _settings.Frames)));
                onPhoto();
            }
            enrolled.Add(new EnrolledPerson(new PersonId(Guid.NewGuid()), person.Name, samples, []));
        }
        foreach (PersonPhotos stranger in strangers)
        {
            foreach (string photo in stranger.Photos)
            {
                stop.ThrowIfCancellationRequested();
                probes.Add(new Probe(stranger.Name, photo, IsStranger: true, Look(photo, _settings.Camera, _settings.Frames)));
                onPhoto();
            }
        }
        return Judge(enrolled, probes);
    }

    private string[] Shuffled(PersonPhotos person)
    {
        string[] photos = [.. person.Photos];
        new Random(_settings.Seed).Shuffle(photos);
        return photos;
    }

    private IdentificationResult Judge(List<EnrolledPerson> enrolled, List<Probe> probes)
    {
        Household everyone = HouseholdOf(enrolled);
        List<ProbeAnswer> answers = [.. probes.Select(probe => Ask(everyone, probe))];
        if (_settings.LeaveOneOut)
        {
            foreach (EnrolledPerson left in enrolled)
            {
                Household others = HouseholdOf(enrolled.Where(person => person != left));
                answers.AddRange(probes.Where(probe => !probe.IsStranger && probe.Person == left.Name)
                    .Select(probe => Ask(others, probe with { IsStranger = true })));
            }
        }
        float[] thresholds = [.. everyone.Thresholds.Select(threshold => threshold.Accept).Order()];
        double median = thresholds.Length == 0 ? 0 : thresholds[thresholds.Length / 2];
        return IdentificationScores.Of(answers, everyone.Templates.Count, median,
            Stopwatch.GetElapsedTime(0, _lookingTicks).TotalMilliseconds / Math.Max(_looks, 1));
    }

    private Household HouseholdOf(IEnumerable<EnrolledPerson> people) =>
        new(new Gallery(_embedder.Manifest.ModelSha256, [.. people]), _bank, _embedder.Manifest);

    private ProbeAnswer Ask(Household household, Probe probe)
    {
        PersonMatch? best = probe.Vote is not null && household.Search(probe.Vote.Embedding!) is [PersonMatch mostSimilar, ..]
            ? mostSimilar
            : null;
        OpinionOnName opinion = best is null
            ? OpinionOnName.None
            : _opinion?.On(best.Template.Person.Name, [probe.Vote!]).Opinion ?? OpinionOnName.None;
        return new ProbeAnswer(probe.Person, probe.Photo, probe.IsStranger, best, opinion);
    }

    /// <summary>The largest face of a photo, or of some frames of it, as one vote; null when there is none.</summary>
    private FaceVote? Look(string path, int? camera, int frames)
    {
        if (PictureFile.TryRead(path) is not { Succeeded: true } reading) return null;
        RecognizedFace? clean = Clean(path, reading.Picture);
        if (camera is not { } height) return clean?.Vote;
        if (clean is null) return null;
        var view = new CameraView(height, _settings.Compressed);
        int seed = PhotoSeed.Of(path, _settings.Seed);
        FaceVote[] votes =
        [
            .. Enumerable.Range(0, frames)
                .Select(frame =>
                    Timed(_frames.Recognize, view.Take(reading.Picture, clean.Detection.Landmarks!.Value, seed, frame)))
                .OfType<RecognizedFace>()
                .Select(face => face.Vote),
        ];
        if (votes.Length == 0) return null;
        (FaceScores Scores, float Weight)[] scored =
            [.. votes.Where(vote => vote.Scores is not null).Select(vote => (vote.Scores!, vote.Weight))];
        return new FaceVote(votes.Average(vote => vote.Weight))
        {
            Embedding = Embedding.Mean(votes.Select(vote => (vote.Embedding!, vote.Weight))),
            Scores = scored.Length == 0 ? null : FaceScores.Mean(scored),
        };
    }

    private RecognizedFace? Clean(string path, PixelBuffer photo)
    {
        if (!_clean.TryGetValue(path, out RecognizedFace? face)) _clean[path] = face = Timed(_photos.Read, photo);
        return face;
    }

    private RecognizedFace? Timed(Func<PixelBuffer, IReadOnlyList<RecognizedFace>> read, PixelBuffer picture)
    {
        long started = Stopwatch.GetTimestamp();
        RecognizedFace? face = read(picture) is [RecognizedFace largest, ..] ? largest : null;
        _lookingTicks += Stopwatch.GetTimestamp() - started;
        _looks++;
        return face;
    }

    private sealed record Probe(string Person, string Photo, bool IsStranger, FaceVote? Vote);
}
