namespace DoorbellFace.Core.Faces;

/// <summary>
/// How a head is turned, judged by its five landmarks alone: ratios without a unit for turns out of the picture's plane, since five points
/// do not say more, and degrees within it.
/// </summary>
/// <param name="Yaw"> Turn to a side: how far the nose stands off the middle between the eyes and between the mouth corners, in parts of
/// the face's width. About 0 when it looks into the camera, negative towards the picture's left; beyond 0.5 one half of the face is hardly
/// seen.
/// </param>
/// <param name="Pitch">
/// Nod: how far down from eyes to mouth the nose tip lies, less what is usual. About 0 when it looks into the camera, negative looking up,
/// positive looking down; from -0.5 to 0.5 in practice.
/// </param>
/// <param name="RollDegrees">Tilt within the picture, clockwise, by the line of the eyes and the line of the mouth together; in (-180,
/// 180].</param>
public readonly record struct FacePose(float Yaw, float Pitch, float RollDegrees)
{
    /// <summary>
    /// Where the nose tip lies between eyes (0) and mouth (1) on a face that looks into the camera: that of
    /// <see cref="FaceAlignment.Template"/>.
    /// </summary>
    private const float UsualNose = 0.495f;

    /// <summary>Judges a face.</summary>
    /// <param name="landmarks">In any coordinates.</param>
    public static FacePose Of(FaceLandmarks landmarks)
    {
        FacePoint eyes = Middle(landmarks.LeftEye, landmarks.RightEye),
            mouth = Middle(landmarks.LeftMouthCorner, landmarks.RightMouthCorner);
        // Across: the mean of both lines. Down: at right angles to it, as long as the way from eyes to mouth.
        float acrossX = (landmarks.RightEye.X - landmarks.LeftEye.X + landmarks.RightMouthCorner.X - landmarks.LeftMouthCorner.X) / 2;
        float acrossY = (landmarks.RightEye.Y - landmarks.LeftEye.Y + landmarks.RightMouthCorner.Y - landmarks.LeftMouthCorner.Y) / 2;
        float width = MathF.Max(MathF.Sqrt((acrossX * acrossX) + (acrossY * acrossY)), 1e-3f);
        (float cos, float sin) = (acrossX / width, acrossY / width);
        float height = MathF.Max(Down(mouth) - Down(eyes), 1e-3f);
        // A face seen from the side is narrow; its height then says how wide it is.
        float faceWidth = MathF.Max(width, 0.6f * height);
        float yaw = (Across(landmarks.NoseTip) - ((Across(eyes) + Across(mouth)) / 2)) / faceWidth;
        float pitch = ((Down(landmarks.NoseTip) - Down(eyes)) / height) - UsualNose;
        return new FacePose(yaw, pitch, MathF.Atan2(sin, cos) * 180 / MathF.PI);

        float Across(FacePoint point) => (point.X * cos) + (point.Y * sin);
        float Down(FacePoint point) => (point.Y * cos) - (point.X * sin);
    }

    private static FacePoint Middle(FacePoint one, FacePoint other) => new((one.X + other.X) / 2, (one.Y + other.Y) / 2);
}
