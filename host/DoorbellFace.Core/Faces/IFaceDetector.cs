using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Finds upright faces. Rotation is the sweep's business.</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one detector.</remarks>
public interface IFaceDetector
{
    /// <summary>All upright faces in a Gray8 picture, in no particular order; empty when there is none.</summary>
    /// <param name="gray">Gray8, any size.</param>
    /// <param name="minFaceEdgePixels">Smallest face box to look for, its edge in pixels.</param>
    IReadOnlyList<FaceDetection> Detect(PixelBuffer gray, int minFaceEdgePixels);
}
