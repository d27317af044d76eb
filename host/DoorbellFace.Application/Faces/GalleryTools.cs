using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Faces;

/// <summary>What it takes to enrol people and to look after them. Not thread-safe: one worker owns it.</summary>
/// <param name="finder">Finds faces.</param>
/// <param name="reader">Finds their landmarks; it need not make embeddings: enrolment makes them from the crops that it keeps.</param>
/// <param name="embedder">The backbone.</param>
/// <param name="strangers">Strangers, as the backbone sees them.</param>
/// <param name="photos">Looks at photos; null for one with the finder and reader above.</param>
/// <param name="owned">Disposed with this.</param>
public sealed class GalleryTools(
    IFaceFinder finder, IFaceReader reader, IFaceEmbedder embedder, StrangerBank strangers, PhotoFaces? photos = null,
        IDisposable? owned = null) : IDisposable
{
    private readonly FaceRecognizer _frames = new(finder, reader);
    private readonly PhotoFaces _photos = photos ?? new PhotoFaces(finder, reader);

    /// <summary>The backbone.</summary>
    public IFaceEmbedder Embedder => embedder;

    /// <summary>Strangers, as the backbone sees them.</summary>
    public StrangerBank Strangers => strangers;

    /// <summary>The tools of an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="isOwner">Whether the engine is disposed of with the tools.</param>
    public static GalleryTools Of(FaceEngine engine, bool isOwner = true) => new(
        engine.Finder, engine.Landmarks, engine.Embedder, engine.Strangers,
            new PhotoFaces(engine.Finder, engine.Landmarks, engine.Generous), isOwner ? engine : null);

    /// <summary>All faces of a frame of the doorbell's, with their landmarks.</summary>
    public IReadOnlyList<FaceDetection> InFrame(PixelBuffer frame) => [.. _frames.Recognize(frame).Select(face => face.Detection)];

    /// <summary>All faces of a photo of any size, with their landmarks.</summary>
    public IReadOnlyList<FaceDetection> InPhoto(PixelBuffer photo) => [.. _photos.Read(photo).Select(face => face.Detection)];

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();
}
