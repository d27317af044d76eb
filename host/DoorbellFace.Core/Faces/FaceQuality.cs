using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>How well a face can be seen, as measured. What is good enough, <see cref="FaceQualityLimits"/> says.</summary>
/// <param name="EyeDistancePixels">Between the eyes, in pixels of the frame; of a turned head, what it would be seen from the
/// front.</param>
/// <param name="Sharpness">Fine detail in parts of coarse detail, without a unit, 0 or more: see <see cref="FaceQualityMeter"/>.</param>
/// <param name="Brightness">Mean of the face, in gray levels, 0 to 255.</param>
/// <param name="Contrast">Standard deviation over the face, in gray levels, 0 to 127.</param>
/// <param name="Pose">How the head is turned.</param>
/// <param name="OutsideShare">Part of the face that lies beyond the frame, 0 to 1.</param>
public sealed record FaceQuality(float EyeDistancePixels, float Sharpness, float Brightness, float Contrast, FacePose Pose,
    float OutsideShare)
{
    /// <summary>Measures a face.</summary>
    /// <param name="gray">Gray8, the frame.</param>
    /// <param name="landmarks">In the frame's coordinates.</param>
    public static FaceQuality Of(PixelBuffer gray, FaceLandmarks landmarks) => FaceQualityMeter.Measure(gray, landmarks);
}
