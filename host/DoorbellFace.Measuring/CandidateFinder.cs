using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring;

/// <summary>Takes every candidate for a face: what is not among them, no decision can find.</summary>
public sealed class CandidateFinder(IFaceProposer proposer) : IFaceFinder
{
    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => proposer.Propose(PixelConversion.ToGray8(picture)).Last();
}
