namespace DoorbellFace.Core.Imaging;

/// <summary>
/// A map of picture coordinates: x' = A x + B y + Tx, y' = C x + D y + Ty. The centre of the top left pixel is (0.5, 0.5).
/// </summary>
/// <param name="A">x' for each x.</param>
/// <param name="B">x' for each y.</param>
/// <param name="Tx">x' at the origin.</param>
/// <param name="C">y' for each x.</param>
/// <param name="D">y' for each y.</param>
/// <param name="Ty">y' at the origin.</param>
public readonly record struct AffineTransform(float A, float B, float Tx, float C, float D, float Ty)
{
    /// <summary>Where a point goes.</summary>
    public (float X, float Y) Apply(float x, float y) => ((A * x) + (B * y) + Tx, (C * x) + (D * y) + Ty);

    /// <summary>Source pixels that one target pixel spans along its row: above 1 the picture shrinks.</summary>
    public float ScaleAlongRow => MathF.Sqrt((A * A) + (C * C));

    /// <summary>The map that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">There is none: this map lays everything on a line.</exception>
    public AffineTransform Inverse()
    {
        float determinant = (A * D) - (B * C);
        if (determinant == 0) throw new InvalidOperationException($"{this} cannot be undone.");
        float a = D / determinant, b = -B / determinant, c = -C / determinant, d = A / determinant;
        return new AffineTransform(a, b, -(a * Tx) - (b * Ty), c, d, -(c * Tx) - (d * Ty));
    }

    /// <summary>
    /// Maps an upright target of <paramref name="targetWidth"/> x <paramref name="targetHeight"/> pixels onto a place of the source:
    /// the target's centre falls on (<paramref name="centerX"/>, <paramref name="centerY"/>), one target pixel spans
    /// <paramref name="scale"/> source pixels, and the target is turned clockwise by <paramref name="rotation"/>. Sampling the source
    /// through it therefore brings a face tilted by that angle upright.
    /// </summary>
    public static AffineTransform TargetToSource(int targetWidth, int targetHeight, float centerX, float centerY, float scale,
        Rotation rotation)
    {
        (float sin, float cos) = MathF.SinCos(rotation.Radians);
        float a = scale * cos, b = -scale * sin, c = scale * sin, d = scale * cos;
        float halfWidth = targetWidth / 2f, halfHeight = targetHeight / 2f;
        return new AffineTransform(
            a, b, centerX - (a * halfWidth) - (b * halfHeight),
            c, d, centerY - (c * halfWidth) - (d * halfHeight));
    }
}
