using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>How two visitors are asked about.</summary>
/// <param name="FaceHeightPixels">Height of both faces in the doorbell's frame.</param>
/// <param name="Frames">Frames of a visit, 2 or more.</param>
/// <param name="Swap">After half of the frames the two change places.</param>
/// <param name="Pairs">Pairs at most, drawn with the seed.</param>
/// <param name="Seed">Decides pairs and noise.</param>
public sealed record CompanySettings(int FaceHeightPixels, int Frames, bool Swap, int Pairs, int Seed);

/// <summary>What was said of pairs of visitors.</summary>
/// <param name="Pairs">Pairs of two family members.</param>
/// <param name="BothNamed">Both by the right names.</param>
/// <param name="OneNamed">One by the right name, and of the other it was said that somebody else is there.</param>
/// <param name="OneOverlooked">One by the right name, and nothing of the other.</param>
/// <param name="NoneNamed">Nobody by name.</param>
/// <param name="WrongName">With the name of somebody who was not there.</param>
/// <param name="WithStranger">Pairs of a family member and a stranger.</param>
/// <param name="NamedWithStranger">The member by name, the stranger as one.</param>
/// <param name="StrangerNamed">With a name for the stranger.</param>
public sealed record CompanyResult(
    int Pairs, int BothNamed, int OneNamed, int OneOverlooked, int NoneNamed, int WrongName, int WithStranger, int NamedWithStranger,
        int StrangerNamed);

/// <summary>
/// Two people at the door at once: photos side by side, through the camera, the search, the networks and the tracks of a visit.
/// </summary>
/// <param name="engine">The networks.</param>
/// <param name="settings">How they stand there.</param>
public sealed class CompanyEvaluation(FaceEngine engine, CompanySettings settings)
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly FaceRecognizer _recognizer = new(engine.Finder, engine.Reader);
    private readonly CameraView _view = new(settings.FaceHeightPixels);
    private readonly Random _random = new(settings.Seed);

    /// <summary>Does it.</summary>
    /// <param name="enrolment">Photos to enrol the family with.</param>
    /// <param name="people">Other photos of the same people.</param>
    /// <param name="strangers">Photos of people who are not family; may be empty.</param>
    /// <param name="onPair">Called after each pair.</param>
    /// <param name="stop">Ends it; nothing comes of it then.</param>
    public CompanyResult Run(IReadOnlyList<PersonPhotos> enrolment, IReadOnlyList<PersonPhotos> people,
        IReadOnlyList<PersonPhotos> strangers, Action onPair, CancellationToken stop)
    {
        var policy =
            new GalleryPolicy(new Household(new Gallery(engine.Embedder.Manifest.ModelSha256, [.. enrolment.Select(Enrol)]),
                engine.Strangers, engine.Embedder.Manifest));
        Face[] family = [.. people.SelectMany(person => person.Photos.Select(photo => Read(person.Name, photo)).OfType<Face>())];
        Face[] others = [.. strangers.SelectMany(person => person.Photos.Select(photo => Read(null, photo)).OfType<Face>())];
        Said[] together = [.. Draw(family, family).Select(pair => Ask(pair, policy, onPair, stop))];
        Said[] mixed = [.. Draw(family, others).Select(pair => Ask(pair, policy, onPair, stop))];
        return new CompanyResult(
            together.Length,
            together.Count(said => said.Right == 2 && said.Wrong == 0),
            together.Count(said => said is { Right: 1, Wrong: 0, Visitors: >= 2 }),
            together.Count(said => said is { Right: 1, Wrong: 0, Visitors: 1 }),
            together.Count(said => said is { Right: 0, Wrong: 0 }),
            together.Count(said => said.Wrong > 0),
            mixed.Length,
            mixed.Count(said => said is { Right: 1, Wrong: 0, Visitors: 2 }),
            mixed.Count(said => said.Wrong > 0));
    }

    private Said Ask((Face Left, Face Right) pair, GalleryPolicy policy, Action onPair, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var tracker = new VisitTracker(policy);
        tracker.Ring(Start);
        int seed = _random.Next();
        for (int frame = 0; frame < settings.Frames; frame++)
        {
            (Face left, Face right) = settings.Swap && frame >= settings.Frames / 2 ? (pair.Right, pair.Left) : pair;
            PixelBuffer picture = _view.TakeTogether((left.Photo, left.Landmarks), (right.Photo, right.Landmarks), seed, frame);
            tracker.Observe(Start.AddSeconds(0.5 * (frame + 1)), _recognizer.Recognize(picture));
        }
        VisitRecord visit = tracker.Current!;
        onPair();
        IReadOnlyList<Visitor> visitors = visit.Visitors();
        string[] named = [.. visitors.Where(visitor => visitor.Outcome == VisitOutcome.Known).Select(visitor => visitor.Name!)];
        string?[] there = [pair.Left.Name, pair.Right.Name];
        return new Said(named.Count(there.Contains), named.Count(name => !there.Contains(name)), visitors.Count);
    }

    private EnrolledPerson Enrol(PersonPhotos person)
    {
        var samples = new List<FaceSample>();
        foreach (string photo in person.Photos)
        {
            if (PictureFile.TryRead(photo) is { Succeeded: true } reading && engine.Photos.Read(reading.Picture) is [var face, ..])
                samples.Add(new FaceSample(new SampleId(Guid.NewGuid()), face.Vote.Embedding!, face.Vote.Weight, SampleSource.Photo));
        }
        return new EnrolledPerson(new PersonId(Guid.NewGuid()), person.Name, samples, []);
    }

    private Face? Read(string? name, string path) =>
        PictureFile.TryRead(path) is { Succeeded: true } reading && engine.Photos.Read(reading.Picture) is [var face, ..]
        ? new Face(name, reading.Picture, face.Detection.Landmarks!.Value)
        : null;

    /// <summary>Pairs of two different people, each pair once.</summary>
    private (Face Left, Face Right)[] Draw(Face[] one, Face[] other)
    {
        (Face, Face)[] all =
            [.. one.SelectMany((left, i) =>
                other.Skip(ReferenceEquals(one, other) ? i + 1 : 0).Where(right => right.Name != left.Name)
                    .Select(right => (left, right)))];
        _random.Shuffle(all);
        return all[..Math.Min(all.Length, settings.Pairs)];
    }

    private sealed record Face(string? Name, PixelBuffer Photo, FaceLandmarks Landmarks);

    private readonly record struct Said(int Right, int Wrong, int Visitors);
}
