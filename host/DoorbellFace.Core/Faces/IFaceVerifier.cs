using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Looks at candidates closely: is this a face, and where are its eyes, nose and mouth?</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one verifier.</remarks>
public interface IFaceVerifier
{
    /// <summary>Edge of the square crops it looks at, in pixels.</summary>
    int CropEdgePixels { get; }

    /// <summary>Part of the candidate's box that is added on every side of a crop; see <see cref="FaceCropper.Crop"/>.</summary>
    float CropMargin { get; }

    /// <summary>Judges candidates together.</summary>
    /// <param name="crops">Gray8, square, <see cref="CropEdgePixels"/> wide, turned so that the candidate's face stands about upright. May be empty.</param>
    /// <returns>One verdict for each crop, in the same order.</returns>
    IReadOnlyList<FaceVerdict> Verify(IReadOnlyList<PixelBuffer> crops);
}

/// <summary>What a verifier says of a candidate.</summary>
/// <param name="FaceProbability">0 to 1.</param>
/// <param name="Landmarks">In the crop's pixels; without meaning where the probability is low.</param>
public readonly record struct FaceVerdict(float FaceProbability, FaceLandmarks Landmarks);
