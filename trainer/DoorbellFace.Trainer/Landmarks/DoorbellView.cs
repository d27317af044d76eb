using System.Runtime.InteropServices;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using OpenCvSharp;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// A photo as the doorbell would show it: in a frame of 320x240, the face so many pixels high, gray, a lens blur with a standard deviation
/// of 0.8 pixels and noise of 6 gray levels. At 80 pixels somebody stands at arm's length, at 56 two steps away.
/// </summary>
internal static class DoorbellView
{
    private const int Width = 320, Height = 240;
    private const double Blur = 0.8;
    private const float Noise = 6;

    /// <summary>Makes the frame, with the face in its middle.</summary>
    /// <param name="gray">The photo, Gray8.</param>
    /// <param name="landmarks">The face in it.</param>
    /// <param name="boxEdge">Height of the face's box in the photo.</param>
    /// <param name="facePixels">Its height in the frame; null leaves the photo as it is.</param>
    /// <param name="random">Where the noise comes from.</param>
    /// <param name="extraBlur">Standard deviation of a further blur, in frame pixels; 0 for none.</param>
    /// <returns>The frame and the landmarks in it.</returns>
    public static (PixelBuffer Frame, FaceLandmarks Landmarks) Of(PixelBuffer gray, FaceLandmarks landmarks, float boxEdge, int? facePixels,
        SeededRandom random, double extraBlur = 0)
    {
        if (facePixels is not { } pixels) return (gray, landmarks);
        FacePlace place = FacePlace.Of(landmarks);
        var map = AffineTransform.TargetToSource(Width, Height, place.CenterX, place.CenterY, boxEdge / pixels, Rotation.None);
        PixelBuffer frame = AffineSampler.Sample(gray, map, Width, Height);
        return (Noisy(Blurred(frame, Math.Sqrt((Blur * Blur) + (extraBlur * extraBlur))), random), landmarks.Map(map.Inverse()));
    }

    private static byte[] Blurred(PixelBuffer frame, double deviation)
    {
        using Mat mat = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC1, frame.Pixels.ToArray());
        Cv2.GaussianBlur(mat, mat, new Size(0, 0), deviation);
        var pixels = new byte[frame.Width * frame.Height];
        Marshal.Copy(mat.Data, pixels, 0, pixels.Length);
        return pixels;
    }

    private static PixelBuffer Noisy(byte[] pixels, SeededRandom random)
    {
        foreach (ref byte pixel in pixels.AsSpan()) pixel = (byte)Math.Clamp(MathF.Round(pixel + (Noise * random.Normal())), 0, 255);
        return new PixelBuffer(Width, Height, PixelFormat.Gray8, pixels);
    }
}
