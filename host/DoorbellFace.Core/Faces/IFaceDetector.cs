using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Finds upright faces. Rotation is the sweep's business.</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one detector.</remarks>
public interface IFaceDetector
{
    /// <summary>What it looks at: <see cref="PixelFormat.Gray8"/> or <see cref="PixelFormat.Rgb24"/>.</summary>
    PixelFormat Format => PixelFormat.Gray8;

    /// <summary>All upright faces in a picture, in no particular order; empty when there is none.</summary>
    /// <param name="picture">In <see cref="Format"/>, any size.</param>
    /// <param name="minFaceEdgePixels">Smallest face box to look for, its edge in pixels.</param>
    IReadOnlyList<FaceDetection> Detect(PixelBuffer picture, int minFaceEdgePixels);
}
