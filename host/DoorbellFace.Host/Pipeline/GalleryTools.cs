using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Host.Pipeline;

/// <summary>What it takes to enrol people and to look after them. Not thread-safe: one worker owns it.</summary>
/// <param name="finder">Finds faces.</param>
/// <param name="reader">Finds their landmarks.</param>
/// <param name="embedder">The backbone.</param>
/// <param name="strangers">Strangers, as the backbone sees them.</param>
/// <param name="photos">Looks at photos; null for one with the finder and reader above.</param>
/// <param name="owned">Disposed with this.</param>
internal sealed class GalleryTools(IFaceFinder finder, IFaceReader reader, IFaceEmbedder embedder, StrangerBank strangers, PhotoFaces? photos = null, IDisposable? owned = null) : IDisposable
{
    private readonly FaceRecognizer _frames = new(finder, reader);
    private readonly PhotoFaces _photos = photos ?? new PhotoFaces(finder, reader);

    /// <summary>The backbone.</summary>
    public IFaceEmbedder Embedder => embedder;

    /// <summary>Strangers, as the backbone sees them.</summary>
    public StrangerBank Strangers => strangers;

    /// <summary>Loads the real ones.</summary>
    /// <param name="backboneFolder">A backbone's folder; null for the one that comes with the program.</param>
    public static GalleryTools Load(string? backboneFolder)
    {
        FaceEngine engine = FaceEngine.Load(backboneFolder);
        return new GalleryTools(engine.Finder, engine.Reader, engine.Embedder, engine.Strangers, engine.Photos, engine);
    }

    /// <summary>All faces of a frame of the doorbell's, with their landmarks.</summary>
    public IReadOnlyList<FaceDetection> InFrame(PixelBuffer frame) => [.. _frames.Recognize(frame).Select(face => face.Detection)];

    /// <summary>All faces of a photo of any size, with their landmarks.</summary>
    public IReadOnlyList<FaceDetection> InPhoto(PixelBuffer photo) => [.. _photos.Read(photo).Select(face => face.Detection)];

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();
}
