using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// Measures <see cref="FaceQuality"/> on the aligned face, which holds forehead to chin and hardly any background. It is never enlarged, so
/// that a small face is not taken for a blurred one: the aligned picture has as many pixels as the face, within limits. Sharpness is the
/// strength of what one blurring with 1-2-1 takes away from an already once blurred face (so that pixel noise counts little), in parts of
/// the strength of what is left after several blurrings: a blurred face has lost the former and kept the latter.
/// </summary>
internal static class FaceQualityMeter
{
    private const int SmallestEdge = 24, LargestEdge = 64;

    /// <summary>Passes of the blur that leave only coarse detail.</summary>
    private const int CoarsePasses = 6;

    /// <summary>Measures a face; see <see cref="FaceQuality.Of"/>.</summary>
    public static FaceQuality Measure(PixelBuffer gray, FaceLandmarks landmarks)
    {
        if (gray.Format != PixelFormat.Gray8)
            throw new ArgumentException($"Quality is measured on Gray8; this is {gray.Format}.", nameof(gray));
        float pixelsOfFace = FaceAlignment.TargetToSource(landmarks, edgePixels: 1).ScaleAlongRow;
        int edge = Math.Clamp((int)pixelsOfFace, SmallestEdge, LargestEdge);
        PixelBuffer face = FaceAlignment.Align(gray, landmarks, edge);
        float[] light = new float[edge * edge];
        for (int i = 0; i < light.Length; i++) light[i] = face.Pixels[i];
        (float mean, float deviation) = MeanAndDeviation(light);
        return new FaceQuality(
            pixelsOfFace * (FaceAlignment.Template.RightEye.X - FaceAlignment.Template.LeftEye.X),
            Sharpness(light, edge), mean, deviation, FacePose.Of(landmarks), OutsideShare(gray, landmarks));
    }

    private static float Sharpness(float[] light, int edge)
    {
        float[] once = Blurred(light, edge), twice = Blurred(once, edge), coarse = twice;
        for (int pass = 2; pass < CoarsePasses; pass++) coarse = Blurred(coarse, edge);
        float fine = 0;
        for (int i = 0; i < light.Length; i++) fine += (once[i] - twice[i]) * (once[i] - twice[i]);
        (_, float strength) = MeanAndDeviation(coarse);
        return strength < 1 ? 0 : MathF.Sqrt(fine / light.Length) / strength;
    }

    /// <summary>1-2-1 along both axes; the edge pixels stay as they are.</summary>
    private static float[] Blurred(float[] light, int edge)
    {
        var rows = (float[])light.Clone();
        for (int i = 1; i < light.Length - 1; i++)
        {
            if (i % edge != 0 && i % edge != edge - 1) rows[i] = (light[i - 1] + (2 * light[i]) + light[i + 1]) / 4;
        }
        var both = (float[])rows.Clone();
        for (int i = edge; i < light.Length - edge; i++) both[i] = (rows[i - edge] + (2 * rows[i]) + rows[i + edge]) / 4;
        return both;
    }

    private static (float Mean, float Deviation) MeanAndDeviation(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }
        double mean = sum / values.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))));
    }

    /// <summary>The aligned square, sampled on a grid.</summary>
    private static float OutsideShare(PixelBuffer gray, FaceLandmarks landmarks)
    {
        const int Grid = 16;
        AffineTransform map = FaceAlignment.TargetToSource(landmarks, Grid);
        int outside = 0;
        for (int i = 0; i < Grid * Grid; i++)
        {
            (float x, float y) = map.Apply((i % Grid) + 0.5f, (i / Grid) + 0.5f);
            if (x < 0 || y < 0 || x >= gray.Width || y >= gray.Height) outside++;
        }
        return (float)outside / (Grid * Grid);
    }
}
