using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Measuring.Wearing;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>What a photo's face says to each network.</summary>
/// <param name="Weight">How much it counts, by its quality.</param>
/// <param name="Embeddings">One for each network.</param>
public sealed record PhotoReading(float Weight, IReadOnlyList<Embedding> Embeddings);

/// <summary>
/// Reads each photo once, as it is or as the doorbell's camera would take it, and asks every network about the same face. The camera's
/// noise depends on the photo alone, so that whoever measures with several seeds need not look again.
/// </summary>
/// <param name="data">The data folder; paths below it name the photos.</param>
/// <param name="engine">Finds the faces.</param>
/// <param name="embedders">The networks.</param>
/// <param name="found">Where the faces are known to lie.</param>
/// <param name="frames">
/// Frames that the camera takes of a photo, 1 or more: they differ by its noise and by where the face lies within two pixels, as those of
/// one moment do, and their embeddings are averaged as the door averages them.
/// </param>
/// <param name="inColor">Whether other networks than the engine's own see photos as they are in their colours, where no camera took them
/// and nobody wears anything.</param>
public sealed class PhotoReadings(string data, FaceEngine engine, IReadOnlyList<IFaceEmbedder> embedders, FoundFaces found,
    int frames = 1, bool inColor = false)
{
    private readonly PhotoFaces _photos = engine.Photos;
    private readonly FaceRecognizer _frames = new(engine.Finder, engine.Reader);
    private readonly Dictionary<(string, int, string), PhotoReading?> _readings = [];

    /// <summary>The largest face of a photo; null when there is none.</summary>
    /// <param name="path">The photo.</param>
    /// <param name="camera">Height of the face in the doorbell's frame; null for the photo as it is.</param>
    /// <param name="worn">What is painted on the face before it is looked at; null or empty for nothing.</param>
    public PhotoReading? Of(string path, int? camera, IReadOnlyList<Worn>? worn = null)
    {
        (string, int, string) key = (path, camera ?? 0, string.Join('+', (worn ?? []).Order()));
        if (!_readings.TryGetValue(key, out PhotoReading? reading)) _readings[key] = reading = Read(path, camera, worn ?? [], key.Item3);
        return reading;
    }

    private PhotoReading? Read(string path, int? camera, IReadOnlyList<Worn> worn, string wornName)
    {
        if (PictureFile.TryRead(path) is not { Succeeded: true } read) return null;
        string name = Path.GetRelativePath(data, path).Replace('\\', '/');
        PixelBuffer photo = PixelConversion.ToGray8(read.Picture);
        if (found.In(name, null, frame: 0, () => Landmarks(_photos.Read(photo))) is not { } bare) return null;
        int seed = PhotoSeed.Of(name, 1);
        if (worn.Count > 0)
        {
            photo = PixelConversion.ToGray8(WornPainter.Paint(read.Picture, bare, worn, seed));
            name = $"{name} {wornName}";
        }
        if (camera is not { } height)
        {
            PixelBuffer others = inColor && worn.Count == 0 ? read.Picture : photo;
            return found.In(name, null, frame: 0, () => Landmarks(_photos.Read(photo))) is { } landmarks
                ? Look(photo, others, landmarks)
                : null;
        }
        var view = new CameraView(height);
        PhotoReading[] seen =
            [.. Enumerable.Range(0, frames).Select(frame => InFrame(view.Take(photo, bare, seed, frame), name, height, frame))
                .OfType<PhotoReading>()];
        if (seen.Length == 0) return null;
        return new PhotoReading(seen.Average(reading => reading.Weight),
            [.. embedders.Select((_, network) => Embedding.Mean(seen.Select(reading => (reading.Embeddings[network], reading.Weight))))]);
    }

    private PhotoReading? InFrame(PixelBuffer picture, string name, int height, int frame) =>
        found.In(name, height, frame, () => Landmarks(_frames.Recognize(picture))) is { } landmarks
            ? Look(picture, picture, landmarks)
            : null;

    /// <summary>What the networks say of a face: the engine's own of the gray picture, the others of what they are shown.</summary>
    private PhotoReading Look(PixelBuffer picture, PixelBuffer others, FaceLandmarks landmarks)
    {
        RecognizedFace face = engine.Reader.Read(picture, FaceGeometry.FromLandmarks(landmarks, 1))!;
        return new PhotoReading(face.Vote.Weight,
            [.. embedders.Select(embedder => embedder == engine.Embedder ? face.Vote.Embedding! : embedder.Embed(others, landmarks))]);
    }

    private static FaceLandmarks? Landmarks(IReadOnlyList<RecognizedFace> faces) =>
        faces is [RecognizedFace largest, ..] ? largest.Detection.Landmarks : null;
}
