using DoorbellFace.Core.Faces;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// How far a box may be off a face and still be one of that face, and from where on it is one no longer. Between the two nothing is taught.
/// </summary>
internal static class PlaceLimits
{
    /// <summary>
    /// Shift along each axis, as a part of the box's edge, up to which it is the face; from <see cref="OtherShift"/> on it is not.
    /// </summary>
    public const float FaceShift = 0.2f, OtherShift = 0.5f;

    /// <summary>Times larger or smaller up to which it is the face; from <see cref="OtherLarger"/> on it is not.</summary>
    public const float FaceLarger = 1.3f, OtherLarger = 2f;

    /// <summary>
    /// Degrees up to which it is upright: two steps of the sweep and some lean. From <see cref="OtherDegrees"/> on it is not.
    /// </summary>
    public const float FaceDegrees = 28, OtherDegrees = 48;

    /// <summary>How far a hit's centre is from the face's, in edges of the face.</summary>
    public static float Shift(FacePlace face, FacePlace hit) =>
        MathF.Sqrt(MathF.Pow(hit.CenterX - face.CenterX, 2) + MathF.Pow(hit.CenterY - face.CenterY, 2)) / face.Edge;
}
