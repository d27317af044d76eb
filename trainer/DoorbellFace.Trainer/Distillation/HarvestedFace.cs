using DoorbellFace.Core.Faces;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>What the harvest keeps of a photo, besides pixels and embedding.</summary>
/// <param name="Photo">Relative to the data folder.</param>
/// <param name="Person">Who is on it; null where the set has no names.</param>
/// <param name="Landmarks">In the photo's coordinates; null when the teacher saw no face, and then there are no pixels and no embedding
/// either.</param>
internal sealed record HarvestedFace(string Photo, string? Person, FaceLandmarks? Landmarks);
