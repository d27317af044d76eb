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
public sealed class PhotoReadings(string data, FaceEngine engine, IReadOnlyList<IFaceEmbedder> embedders, FoundFaces found)
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
        PixelBuffer picture = PixelConversion.ToGray8(read.Picture);
        FaceLandmarks? landmarks = found.In(name, null, () => Landmarks(_photos.Read(picture)));
        if (landmarks is not { } clean) return null;
        int seed = PhotoSeed.Of(name, 1);
        string seenName = worn.Count == 0 ? name : $"{name} {wornName}";
        if (worn.Count > 0)
        {
            picture = PixelConversion.ToGray8(WornPainter.Paint(read.Picture, clean, worn, seed));
            if (camera is null) landmarks = found.In(seenName, null, () => Landmarks(_photos.Read(picture)));
        }
        if (camera is { } height)
        {
            picture = new CameraView(height).Take(picture, clean, seed, frame: 0);
            landmarks = found.In(seenName, height, () => Landmarks(_frames.Recognize(picture)));
        }
        if (landmarks is not { } seen) return null;
        RecognizedFace face = engine.Reader.Read(picture, FaceGeometry.FromLandmarks(seen, 1))!;
        return new PhotoReading(face.Vote.Weight,
            [.. embedders.Select(embedder => embedder == engine.Embedder ? face.Vote.Embedding! : embedder.Embed(picture, seen))]);
    }

    private static FaceLandmarks? Landmarks(IReadOnlyList<RecognizedFace> faces) =>
        faces is [RecognizedFace largest, ..] ? largest.Detection.Landmarks : null;
}
