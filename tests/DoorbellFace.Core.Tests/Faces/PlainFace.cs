using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Faces;

/// <summary>A frame with a face of dark eyes, nose and mouth with fine lashes, as sharp as pixels allow unless blurred.</summary>
internal static class PlainFace
{
    private const int Width = 320, Height = 240;

    /// <summary>Draws it.</summary>
    /// <param name="faceEdge">Edge of the aligned face in the frame, in pixels.</param>
    /// <param name="centerX">Its middle.</param>
    /// <param name="blur">Width of a box blur, in parts of a hundredth of the face.</param>
    /// <param name="mean">Gray level of the skin.</param>
    /// <param name="contrast">How much darker the features are.</param>
    public static (PixelBuffer Picture, FaceLandmarks Landmarks) Draw(float faceEdge = 120, float centerX = 160, float blur = 0,
        float mean = 128, float contrast = 50)
    {
        var map = AffineTransform.TargetToSource(1, 1, centerX, Height / 2f, faceEdge, Rotation.None);
        FaceLandmarks landmarks = FaceAlignment.Template.Map(map);
        AffineTransform toFace = map.Inverse();
        var pixels = new byte[Width * Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            float sum = 0;
            int samples = 0, reach = (int)(blur * faceEdge / 200);
            for (int dy = -reach; dy <= reach; dy++)
            {
                for (int dx = -reach; dx <= reach; dx++, samples++)
                {
                    (float x, float y) = toFace.Apply((i % Width) + 0.5f + dx, (i / Width) + 0.5f + dy);
                    sum += Darkness(x, y);
                }
            }
            pixels[i] = (byte)Math.Clamp(mean + contrast - (2 * contrast * sum / samples), 0, 255);
        }
        return (new PixelBuffer(Width, Height, PixelFormat.Gray8, pixels), landmarks);
    }

    private static float Darkness(float x, float y)
    {
        foreach (FacePoint point in FaceAlignment.Template.Points)
        {
            float dx = MathF.Abs(x - point.X), dy = MathF.Abs(y - point.Y);
            if (dx < 0.11f && dy < 0.035f) return 1;
            if (dx < 0.14f && dy < 0.1f) return 0.4f;
        }
        // Hair and one side in shadow.
        return y < 0.2f ? 0.9f : x < 0.15f ? 0.6f : 0;
    }
}
