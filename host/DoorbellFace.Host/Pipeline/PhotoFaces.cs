using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Faces in photos. Large photos are searched at a reduced size and read at their own; in photos that are cut tightly around a face, where
/// the detector sees none, it looks again with the edges continued. Not thread-safe.
/// </summary>
internal sealed class PhotoFaces(IFaceFinder finder, IFaceReader reader)
{
    /// <summary>All faces, the largest first, in the photo's coordinates.</summary>
    /// <param name="photo">Any format.</param>
    public IReadOnlyList<RecognizedFace> Read(PixelBuffer photo)
    {
        PixelBuffer gray = PixelConversion.ToGray8(photo);
        RecognizedFace[] faces = Read(gray, span: 1);
        return faces.Length > 0 ? faces : Read(gray, PhotoSearch.Surroundings);
    }

    private RecognizedFace[] Read(PixelBuffer gray, float span) => [.. PhotoSearch.Find(finder, gray, span).Select(face => reader.Read(gray, face)).OfType<RecognizedFace>()];
}
