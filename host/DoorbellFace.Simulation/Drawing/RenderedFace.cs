using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>A point in a picture, in pixels; the centre of the top left pixel is (0.5, 0.5).</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public readonly record struct PicturePoint(float X, float Y);

/// <summary>A drawn picture and the truth about the face in it.</summary>
/// <param name="Picture">The picture, Rgb24.</param>
/// <param name="Box">
/// Square round the face from mid-forehead to chin, the region a face detector is expected to mark. For a tilted face it is the upright
/// square with the same centre and edge as the tilted one, as in a detection. It may reach over the edge of the frame.
/// </param>
/// <param name="Tilt">How far the face is tilted clockwise.</param>
/// <param name="LeftEye">Middle of the eye on the picture's left, when the face is upright.</param>
/// <param name="RightEye">Middle of the eye on the picture's right, when the face is upright.</param>
/// <param name="NoseTip">Tip of the nose.</param>
/// <param name="Mouth">Middle of the mouth.</param>
public sealed record RenderedFace(
    PixelBuffer Picture, PixelRect Box, Rotation Tilt, PicturePoint LeftEye, PicturePoint RightEye, PicturePoint NoseTip,
        PicturePoint Mouth)
{
    /// <summary>Edge of <see cref="Box"/> for each pixel of <see cref="DrawnScene.FaceHeightPixels"/>.</summary>
    public const float BoxEdgePerFaceHeight = 0.88f;
}
