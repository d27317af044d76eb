using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// A square around a face at any place, size and angle: what a <see cref="FaceDetection"/> says, without rounding to whole pixels.
/// </summary>
/// <param name="CenterX">In pixels of the frame.</param>
/// <param name="CenterY">In pixels of the frame.</param>
/// <param name="Edge">In pixels, above 0.</param>
/// <param name="Rotation">How far the face is tilted clockwise.</param>
public readonly record struct FacePlace(float CenterX, float CenterY, float Edge, Rotation Rotation)
{
    /// <summary>
    /// Where the Haar cascade puts its box on an aligned face, as parts of the aligned picture's edge (see
    /// <see cref="FaceAlignment.Template"/>): medians over photos that pre-training may use, against the landmarks of its teacher
    /// (docs/results/landmarks.md, "The cascade's box").
    /// </summary>
    public const float BoxCenterX = 0.500f, BoxCenterY = 0.563f, BoxEdge = 0.947f;

    /// <summary>The place of a detection.</summary>
    public static FacePlace Of(FaceDetection face) => new(face.Box.CenterX, face.Box.CenterY, face.Box.Width, face.Rotation);

    /// <summary>Where the Haar cascade would mark the face with these landmarks, were it upright.</summary>
    public static FacePlace Of(FaceLandmarks landmarks)
    {
        AffineTransform map = FaceAlignment.TargetToSource(landmarks, edgePixels: 1);
        (float x, float y) = map.Apply(BoxCenterX, BoxCenterY);
        return new FacePlace(x, y, BoxEdge * map.ScaleAlongRow, Rotation.FromDegrees(MathF.Atan2(map.C, map.A) * 180 / MathF.PI));
    }

    /// <summary>The map from an upright square picture of this place to the frame.</summary>
    /// <param name="edgePixels">Edge of that picture.</param>
    /// <param name="margin">Part of the box's edge that is shown beyond it on every side.</param>
    public AffineTransform CropToFrame(int edgePixels, float margin) =>
        AffineTransform.TargetToSource(edgePixels, edgePixels, CenterX, CenterY, Edge * (1 + (2 * margin)) / edgePixels, Rotation);
}
