using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>Looks at a face that was found and says what speaks for whom. Not thread-safe: one worker owns it.</summary>
public interface IFaceReader
{
    /// <summary>What the face says; null when a close look shows that it is none.</summary>
    /// <param name="picture">Gray8 or Rgb24.</param>
    /// <param name="face">In that picture's coordinates.</param>
    RecognizedFace? Read(PixelBuffer picture, FaceDetection face);
}

/// <summary>A face and what it says.</summary>
/// <param name="Detection">Where it is.</param>
/// <param name="Vote">Whom it speaks for, and how much it counts.</param>
public sealed record RecognizedFace(FaceDetection Detection, FaceVote Vote);
