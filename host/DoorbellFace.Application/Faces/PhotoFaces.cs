using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Faces;

/// <summary>
/// Faces in photos. Large photos are searched at a reduced size and read at their own; in photos that are cut tightly around a face, where
/// the detector sees none, it looks again with the edges continued. Not thread-safe.
/// </summary>
/// <param name="finder">Finds faces.</param>
/// <param name="reader">Reads them.</param>
/// <param name="generous">Where that finds none, this names the likeliest place: whoever hands over a photo says that a face is on it.
/// Null: nothing does.</param>
public sealed class PhotoFaces(IFaceFinder finder, IFaceReader reader, IFaceFinder? generous = null)
{
    /// <summary>All faces, in the finder's order and in the photo's coordinates.</summary>
    /// <param name="photo">Any format.</param>
    public IReadOnlyList<RecognizedFace> Read(PixelBuffer photo)
    {
        PixelBuffer gray = PixelConversion.ToGray8(photo);
        RecognizedFace[] faces = Read(finder, gray, span: 1);
        if (faces.Length == 0) faces = Read(finder, gray, PhotoSearch.Surroundings);
        return faces.Length == 0 && generous is not null ? Likeliest(Read(generous, gray, span: 1)) : faces;
    }

    private static RecognizedFace[] Likeliest(RecognizedFace[] faces) =>
        faces.Length == 0 ? [] : [faces.MaxBy(face => face.Detection.Confidence)!];

    private RecognizedFace[] Read(IFaceFinder by, PixelBuffer gray, float span) =>
        [.. PhotoSearch.Find(by, gray, span).Select(face => reader.Read(gray, face)).OfType<RecognizedFace>()];
}
