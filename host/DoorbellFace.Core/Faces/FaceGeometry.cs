using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// Box and angle that five landmarks imply: the same for every detector that knows landmarks, and like those of the Haar cascade; and where
/// boxes lie to each other.
/// </summary>
public static class FaceGeometry
{
    /// <summary>Edge of a face's box, in edges of the square that faces are aligned to (<see cref="FaceAlignment.Template"/>).</summary>
    private const float BoxPerTemplate = 1f;

    /// <summary>The box's centre in that square, downwards.</summary>
    private const float CenterY = 0.5f;

    /// <summary>The face with its box and angle.</summary>
    /// <param name="landmarks">In frame coordinates.</param>
    /// <param name="confidence">The detector's own measure.</param>
    public static FaceDetection FromLandmarks(FaceLandmarks landmarks, float confidence)
    {
        AffineTransform template = FaceAlignment.TargetToSource(landmarks, 1);
        (float x, float y) = template.Apply(0.5f, CenterY);
        var rotation = Rotation.FromDegrees(MathF.Atan2(template.C, template.A) * 180 / MathF.PI);
        return new FaceDetection(PixelRect.SquareAround(x, y, template.ScaleAlongRow * BoxPerTemplate), rotation, confidence, landmarks);
    }

    /// <summary>The middle of a face's box.</summary>
    public static FacePoint CenterOf(PixelRect box) => new(box.CenterX, box.CenterY);

    /// <summary>Whether two boxes are of one face: their centres are nearer than <paramref name="share"/> of the larger edge.</summary>
    public static bool IsSameFace(PixelRect one, PixelRect other, float share) =>
        CenterOf(one).DistanceTo(CenterOf(other)) < share * Math.Max(one.Width, other.Width);
}
