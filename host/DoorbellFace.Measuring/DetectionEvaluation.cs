using System.Diagnostics;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Measuring.Wearing;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>Goes through photos at every angle and scores a detector.</summary>
/// <param name="finder">The detector.</param>
/// <param name="settings">What it is shown.</param>
public sealed class DetectionEvaluation(IFaceFinder finder, DetectionSettings settings)
{
    /// <summary>What was found.</summary>
    public DetectionScore Score { get; } = new();

    /// <summary>The same at each of the further confidences.</summary>
    public IReadOnlyList<(float Confidence, DetectionScore Score)> Curve { get; } =
        [.. settings.Confidences.Select(confidence => (confidence, new DetectionScore()))];

    /// <summary>Photos that were not used, and why.</summary>
    public List<string> Skipped { get; } = [];

    /// <summary>Looks at photos with faces. With several people in a frame each photo stands in as many frames, with others.</summary>
    /// <param name="folder">Where the photos are.</param>
    /// <param name="photos">Their paths in it.</param>
    /// <param name="reference">Where their faces are.</param>
    /// <param name="step">Called after each photo.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="sheet">Takes each photo's first frame.</param>
    public void AddFaces(string folder, IReadOnlyList<string> photos, ReferenceFaces reference, Action step, CancellationToken stop,
        ContactSheet? sheet = null)
    {
        for (int i = 0; i < photos.Count; i++, step())
        {
            stop.ThrowIfCancellationRequested();
            if (Scene(folder, photos, i, reference) is not { } scene) continue;
            bool isFirst = true;
            foreach ((int angle, TurnedPhoto turned) in Turned(scene.Picture, photos[i], i))
            {
                KnownFace[] known =
                    [.. scene.Faces.Select(face =>
                        new KnownFace(turned.ToFrame(face.Center.X, face.Center.Y), face.Width / turned.ToPhoto.ScaleAlongRow))];
                if (isFirst) sheet?.Add(turned.Frame);
                isFirst = false;
                IReadOnlyList<FaceDetection> found = Detect(turned.Frame, out TimeSpan took);
                Score.AddFrame(Math.Abs(angle), known, found, took, scene.MustBeFound);
                foreach ((float confidence, DetectionScore score) in Curve)
                    score.AddFrame(Math.Abs(angle), known, From(confidence, found), took, scene.MustBeFound);
            }
        }
    }

    /// <summary>Looks at photos without faces.</summary>
    public void AddNonFaces(string folder, IReadOnlyList<string> photos, Action step, CancellationToken stop)
    {
        for (int i = 0; i < photos.Count; i++, step())
        {
            stop.ThrowIfCancellationRequested();
            if (Read(folder, photos[i]) is not { } photo) continue;
            foreach ((_, TurnedPhoto turned) in Turned(photo, photos[i], i))
            {
                IReadOnlyList<FaceDetection> found = Detect(turned.Frame, out TimeSpan took);
                Score.AddFacelessFrame(found, took);
                foreach ((float confidence, DetectionScore score) in Curve) score.AddFacelessFrame(From(confidence, found), took);
            }
        }
    }

    /// <summary>Looks at an empty frame, so that the first measured one does not pay for what is loaded on first use.</summary>
    public void WarmUp() =>
        finder.Detect(
            new PixelBuffer(settings.Width, settings.Height, PixelFormat.Rgb24, new byte[settings.Width * settings.Height * 3]));

    /// <summary>
    /// The photo, or it and the others that stand beside it: the list is cut into as many parts as people, and they come from its parts.
    /// </summary>
    private FaceScene? Scene(string folder, IReadOnlyList<string> photos, int index, ReferenceFaces reference)
    {
        var people = new List<(PixelBuffer, IReadOnlyList<PixelRect>)>();
        for (int person = 0; person < settings.People; person++)
        {
            string name = photos[(index + (person * photos.Count / settings.People)) % photos.Count];
            if (Read(folder, name) is not { } photo) return null;
            IReadOnlyList<ReferenceFace> faces = reference.Of(name, photo);
            if (faces.Count == 0)
            {
                Skipped.Add($"{name}: no reference face.");
                return null;
            }
            for (int face = 0; face < faces.Count && settings.Worn.Count > 0; face++)
                photo = WornPainter.Paint(photo, faces[face].Landmarks, settings.Worn, PhotoSeed.Of(name, settings.Seed) + face);
            people.Add((photo, [.. faces.Select(face => face.Box)]));
        }
        return people.Count == 1
            ? FaceScene.Of(people[0].Item1, people[0].Item2)
            : FaceScene.SideBySide(people, settings.Width, settings.Height, new Random(PhotoSeed.Of(photos[index], settings.Seed)));
    }

    private PixelBuffer? Read(string folder, string name)
    {
        PictureReading reading = PictureFile.TryRead(Path.Combine(folder, name));
        if (!reading.Succeeded) Skipped.Add(reading.Reason);
        return reading.Picture;
    }

    private IEnumerable<(int Angle, TurnedPhoto Turned)> Turned(PixelBuffer photo, string name, int index)
    {
        foreach (int angle in settings.AnglesDegrees)
        {
            int signed = index % 2 == 0 ? angle : -angle;
            TurnedPhoto turned = TurnedPhoto.Create(photo, signed, settings.Width, settings.Height);
            if (settings.Light is { } light)
            {
                var random = new Random(PhotoSeed.Of(name, settings.Seed) ^ (angle * 7919));
                turned = turned with { Frame = CameraSensor.Capture(turned.Frame, light, random) };
            }
            yield return (signed, turned);
        }
    }

    private static FaceDetection[] From(float confidence, IReadOnlyList<FaceDetection> found) =>
        [.. found.Where(face => face.Confidence >= confidence)];

    private IReadOnlyList<FaceDetection> Detect(PixelBuffer frame, out TimeSpan took)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<FaceDetection> found = finder.Detect(frame);
        took = Stopwatch.GetElapsedTime(started);
        return found;
    }
}
