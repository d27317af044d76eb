using System.Diagnostics;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>Goes through photos at every angle and scores a detector.</summary>
/// <param name="finder">The detector.</param>
/// <param name="width">The frame's columns.</param>
/// <param name="height">The frame's rows.</param>
/// <param name="anglesDegrees">Each is taken with both signs in turn from photo to photo.</param>
/// <param name="confidences">Further confidences at which to score: what is found below one does not count there.</param>
public sealed class DetectionEvaluation(IFaceFinder finder, int width, int height, IReadOnlyList<int> anglesDegrees,
    IReadOnlyList<float>? confidences = null)
{
    /// <summary>What was found.</summary>
    public DetectionScore Score { get; } = new();

    /// <summary>The same at each of the further confidences.</summary>
    public IReadOnlyList<(float Confidence, DetectionScore Score)> Curve { get; } =
        [.. (confidences ?? []).Select(confidence => (confidence, new DetectionScore()))];

    /// <summary>Photos that were not used, and why.</summary>
    public List<string> Skipped { get; } = [];

    /// <summary>Looks at photos with faces.</summary>
    public void AddFaces(string folder, IReadOnlyList<string> photos, ReferenceFaces reference, Action step, CancellationToken stop)
    {
        for (int i = 0; i < photos.Count; i++, step())
        {
            stop.ThrowIfCancellationRequested();
            if (Read(folder, photos[i]) is not { } photo) continue;
            IReadOnlyList<PixelRect> faces = reference.Of(photos[i], photo);
            if (faces.Count == 0)
            {
                Skipped.Add($"{photos[i]}: no reference face.");
                continue;
            }
            foreach ((int angle, TurnedPhoto turned) in Turned(photo, i))
            {
                KnownFace[] known =
                    [.. faces.Select(face =>
                        new KnownFace(turned.ToFrame(face.CenterX, face.CenterY), face.Width / turned.ToPhoto.ScaleAlongRow))];
                IReadOnlyList<FaceDetection> found = Detect(turned.Frame, out TimeSpan took);
                Score.AddFrame(Math.Abs(angle), known, found, took);
                foreach ((float confidence, DetectionScore score) in Curve)
                    score.AddFrame(Math.Abs(angle), known, From(confidence, found), took);
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
            foreach ((_, TurnedPhoto turned) in Turned(photo, i))
            {
                IReadOnlyList<FaceDetection> found = Detect(turned.Frame, out TimeSpan took);
                Score.AddFacelessFrame(found, took);
                foreach ((float confidence, DetectionScore score) in Curve) score.AddFacelessFrame(From(confidence, found), took);
            }
        }
    }

    /// <summary>Looks at an empty frame, so that the first measured one does not pay for what is loaded on first use.</summary>
    public void WarmUp() => finder.Detect(new PixelBuffer(width, height, PixelFormat.Rgb24, new byte[width * height * 3]));

    private PixelBuffer? Read(string folder, string name)
    {
        PictureReading reading = PictureFile.TryRead(Path.Combine(folder, name));
        if (!reading.Succeeded) Skipped.Add(reading.Reason);
        return reading.Picture;
    }

    private IEnumerable<(int Angle, TurnedPhoto Turned)> Turned(PixelBuffer photo, int index)
    {
        foreach (int angle in anglesDegrees)
        {
            int signed = index % 2 == 0 ? angle : -angle;
            yield return (signed, TurnedPhoto.Create(photo, signed, width, height));
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
