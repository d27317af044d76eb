using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Finds faces at every in-plane angle.</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one finder.</remarks>
public interface IFaceFinder
{
    /// <summary>
    /// All faces in a picture, the visitor's first (the largest, or of several about as large the one nearest to the middle); empty when
    /// there is none.
    /// </summary>
    /// <param name="picture">Any format and size.</param>
    IReadOnlyList<FaceDetection> Detect(PixelBuffer picture);
}
