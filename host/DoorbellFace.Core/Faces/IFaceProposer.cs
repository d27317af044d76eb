using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>Names the places where a face may be, at every in-plane angle, for a closer look: rather too many than too few.</summary>
/// <remarks>Implementations need not be thread-safe: one worker owns one proposer.</remarks>
public interface IFaceProposer
{
    /// <summary>
    /// Candidates in batches, to be asked for one after the other: who has what it wants from the first batch saves the time of the next.
    /// </summary>
    /// <param name="gray">Gray8, any size.</param>
    /// <returns>First the candidates that stand upright, then those at all angles, upright ones included. Each batch with the likeliest
    /// first.</returns>
    IEnumerable<IReadOnlyList<FaceDetection>> Propose(PixelBuffer gray);
}
