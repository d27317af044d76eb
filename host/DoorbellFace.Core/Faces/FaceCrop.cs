using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// A face with what surrounds it, as it stood in the picture, and its landmarks: what is kept of a sample, so that its embedding can be
/// made again when the model changes. It is not aligned, since turning costs detail; a face that is no larger than needed keeps its very
/// pixels.
/// </summary>
/// <param name="Pixels">Gray8.</param>
/// <param name="Landmarks">In the crop's coordinates.</param>
public sealed record FaceCrop(PixelBuffer Pixels, FaceLandmarks Landmarks)
{
    /// <summary>
    /// Largest edge of the aligned square in pixels before the crop is made smaller: twice a backbone's usual input, so that reducing it
    /// first costs that nothing.
    /// </summary>
    private const float LargestFacePixels = 224;

    /// <summary>
    /// How much is kept, in parts of the aligned square: a fifth more, as landmarks differ a little from network to network.
    /// </summary>
    private const float Span = 1.2f;

    /// <summary>Cuts a face out.</summary>
    /// <param name="gray">Gray8, the picture.</param>
    /// <param name="landmarks">In its coordinates.</param>
    public static FaceCrop Of(PixelBuffer gray, FaceLandmarks landmarks)
    {
        if (gray.Format != PixelFormat.Gray8) throw new ArgumentException($"Crops are made of Gray8; this is {gray.Format}.", nameof(gray));
        AffineTransform square = FaceAlignment.TargetToSource(landmarks, edgePixels: 1, Span);
        (float X, float Y)[] corners = [square.Apply(0, 0), square.Apply(1, 0), square.Apply(0, 1), square.Apply(1, 1)];
        int left = Inside(corners.Min(corner => corner.X), gray.Width - 1), right = Inside(corners.Max(corner => corner.X) + 1, gray.Width);
        int top = Inside(corners.Min(corner => corner.Y), gray.Height - 1),
            bottom = Inside(corners.Max(corner => corner.Y) + 1, gray.Height);
        int width = Math.Max(1, right - left), height = Math.Max(1, bottom - top);

        float scale = MathF.Max(1, square.ScaleAlongRow / Span / LargestFacePixels);
        PixelBuffer pixels = scale == 1 ? Cut(gray, left, top, width, height) : Reduced(gray, left, top, width, height, scale);
        return new FaceCrop(pixels, landmarks.Map(point => new FacePoint((point.X - left) / scale, (point.Y - top) / scale)));
    }

    /// <summary>Whether both are the same picture, pixel for pixel.</summary>
    public bool ShowsTheSame(FaceCrop other) =>
        Pixels.Width == other.Pixels.Width && Pixels.Height == other.Pixels.Height && Pixels.Pixels.SequenceEqual(other.Pixels.Pixels);

    private static int Inside(float place, int most) => Math.Clamp((int)MathF.Floor(place), 0, most);

    private static PixelBuffer Cut(PixelBuffer gray, int left, int top, int width, int height)
    {
        var pixels = new byte[width * height];
        for (int row = 0; row < height; row++) gray.Row(top + row).Slice(left, width).CopyTo(pixels.AsSpan(row * width));
        return new PixelBuffer(width, height, PixelFormat.Gray8, pixels);
    }

    private static PixelBuffer Reduced(PixelBuffer gray, int left, int top, int width, int height, float scale)
    {
        int reducedWidth = Math.Max(1, (int)(width / scale)), reducedHeight = Math.Max(1, (int)(height / scale));
        var map = new AffineTransform(scale, 0, left, 0, scale, top);
        return AffineSampler.Sample(gray, map, reducedWidth, reducedHeight);
    }
}
