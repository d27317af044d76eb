using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// Finds the landmarks of a face and says how well it is seen, but not whose it is: its votes carry a weight and nothing else. Enough for
/// enrolment, which makes the embedding from the crop that it keeps. Not thread-safe: one worker owns it.
/// </summary>
/// <param name="verifier">Says whether it is a face, and where its landmarks are.</param>
/// <param name="options">When to believe the verifier.</param>
public sealed class LandmarkReader(IFaceVerifier verifier, EmbeddingReaderOptions? options = null) : IFaceReader
{
    private readonly EmbeddingReaderOptions _options = options ?? new EmbeddingReaderOptions();

    /// <inheritdoc/>
    public RecognizedFace? Read(PixelBuffer picture, FaceDetection face)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        if (face.Landmarks is null)
        {
            FaceVerification look = verifier.Verify(gray, [face])[0];
            if (look.FaceProbability < _options.MinFaceProbability) return null;
            face = face with { Landmarks = look.Landmarks };
        }
        float weight =
            Math.Clamp(FaceQualityLimits.Recognition.Weight(FaceQuality.Of(gray, face.Landmarks!.Value)), FaceVote.LeastWeight, 1);
        return new RecognizedFace(face, new FaceVote(weight));
    }
}
