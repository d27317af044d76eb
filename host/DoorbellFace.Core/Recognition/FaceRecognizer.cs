using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>The way of one frame: find the faces, look at each. Not thread-safe: one worker owns it.</summary>
/// <param name="finder">Finds faces at every angle.</param>
/// <param name="reader">Looks at one.</param>
public sealed class FaceRecognizer(IFaceFinder finder, IFaceReader reader)
{
    /// <summary>The faces of a frame, in the finder's order, each with what it says; empty when there is none.</summary>
    public IReadOnlyList<RecognizedFace> Recognize(PixelBuffer picture)
    {
        IReadOnlyList<FaceDetection> faces = finder.Detect(picture);
        if (faces.Count == 0) return [];
        PixelBuffer source = picture.Format is PixelFormat.Gray8 or PixelFormat.Rgb24 ? picture : PixelConversion.ToRgb24(picture);
        return [.. faces.Select(face => reader.Read(source, face)).OfType<RecognizedFace>()];
    }
}
