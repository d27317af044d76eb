using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Visits;

/// <summary>A frame of a visit.</summary>
/// <param name="Pixels">The frame.</param>
/// <param name="Face">The visitor's face in it, or null when none was found.</param>
public sealed record VisitPicture(PixelBuffer Pixels, FaceDetection? Face);
