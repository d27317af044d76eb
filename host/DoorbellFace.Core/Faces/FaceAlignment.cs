using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// Brings a face to a fixed place, size and angle by its five landmarks, so that the network sees every face alike: the similarity
/// transform (turn, scale, shift) that fits the landmarks best in the least-squares sense to <see cref="Template"/>.
/// </summary>
public static class FaceAlignment
{
    /// <summary>
    /// Where the landmarks come to lie, as parts of the aligned picture's edge: the places to which faces are aligned for Open Model Zoo's
    /// face-reidentification-retail-0095, the teacher of this project's backbone (its model description, "face alignment").
    /// </summary>
    public static FaceLandmarks Template { get; } =
        new(new(0.3156f, 0.4616f), new(0.6826f, 0.4598f), new(0.5003f, 0.6405f), new(0.3495f, 0.8247f), new(0.6534f, 0.8233f));

    /// <summary>Where the landmarks lie in an aligned picture.</summary>
    /// <param name="edgePixels">Its edge, 1 or more.</param>
    /// <param name="span">How much it shows, 1 or more times the edge of the template.</param>
    public static FaceLandmarks Landmarks(int edgePixels, float span = 1)
    {
        float Place(float part) => edgePixels * (0.5f + ((part - 0.5f) / span));
        return Template.Map(point => new FacePoint(Place(point.X), Place(point.Y)));
    }

    /// <summary>The aligned face in the source's format (Gray8 or Rgb24).</summary>
    /// <param name="picture">Where the landmarks were found. Beyond its edge the edge pixels continue.</param>
    /// <param name="landmarks">In that picture's coordinates.</param>
    /// <param name="edgePixels">Edge of the result, 1 or more.</param>
    /// <param name="span">How much is shown, 1 or more times the edge of the template: 1.25 adds an eighth on every side.</param>
    public static PixelBuffer Align(PixelBuffer picture, FaceLandmarks landmarks, int edgePixels, float span = 1) =>
        AffineSampler.Sample(picture, TargetToSource(landmarks, edgePixels, span), edgePixels, edgePixels);

    /// <summary>The map from the aligned picture to the one in which the landmarks were found.</summary>
    /// <param name="landmarks">In the source's coordinates.</param>
    /// <param name="edgePixels">Edge of the aligned picture, 1 or more.</param>
    /// <param name="span">How much is shown, 1 or more times the edge of the template.</param>
    /// <remarks>
    /// The template is mapped onto the landmarks, not the landmarks onto the template: noise in the landmarks then cannot make the face
    /// larger than it is. Closed form: in complex numbers the best factor is the covariance of both point sets over the template's
    /// variance.
    /// </remarks>
    public static AffineTransform TargetToSource(FaceLandmarks landmarks, int edgePixels, float span = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(edgePixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(span, 1);
        IReadOnlyList<FacePoint> from = Template.Points, to = landmarks.Points;
        (float fromX, float fromY) = Mean(from);
        (float toX, float toY) = Mean(to);
        float cosine = 0, sine = 0, variance = 0;
        for (int i = 0; i < FaceLandmarks.Count; i++)
        {
            float x = from[i].X - fromX, y = from[i].Y - fromY, u = to[i].X - toX, v = to[i].Y - toY;
            cosine += (x * u) + (y * v);
            sine += (x * v) - (y * u);
            variance += (x * x) + (y * y);
        }
        float a = cosine / variance, c = sine / variance;

        // Template coordinates are parts of an edge: target pixels become such parts, around the middle when more than the template is
        // shown.
        float perPixel = span / edgePixels, start = (1 - span) / 2;
        float offsetX = toX - (a * fromX) + (c * fromY), offsetY = toY - (c * fromX) - (a * fromY);
        return new AffineTransform(
            a * perPixel, -c * perPixel, offsetX + (a * start) - (c * start),
            c * perPixel, a * perPixel, offsetY + (c * start) + (a * start));
    }

    private static (float X, float Y) Mean(IReadOnlyList<FacePoint> points)
    {
        float x = 0, y = 0;
        foreach (FacePoint point in points)
        {
            x += point.X;
            y += point.Y;
        }
        return (x / points.Count, y / points.Count);
    }
}
