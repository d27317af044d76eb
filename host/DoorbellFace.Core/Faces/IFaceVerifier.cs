using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Looks closely at what a detector took for a face: whether it is one, and where its landmarks are.</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one verifier.</remarks>
public interface IFaceVerifier
{
    /// <summary>One answer for each candidate, in their order.</summary>
    /// <param name="gray">Gray8, the picture in which the candidates were found.</param>
    /// <param name="candidates">Box and angle in that picture's coordinates. Box and angle may be off by a fifth of the edge and by 20
    /// degrees.</param>
    IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates);
}

/// <summary>What a close look at a candidate says.</summary>
/// <param name="FaceProbability">That it is a face, 0 to 1.</param>
/// <param name="Landmarks">In the picture's coordinates; meaningless where there is no face.</param>
public readonly record struct FaceVerification(float FaceProbability, FaceLandmarks Landmarks);
