namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// A place or direction: x to the picture's right, y down, z towards the viewer. Written out, since the vector types of the runtime
/// add in an order that depends on the processor.
/// </summary>
internal readonly record struct Point3(float X, float Y, float Z)
{
    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Point3 operator *(Point3 a, float factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    public float Dot(Point3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Point3 Cross(Point3 other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>The same direction with length 1; straight at the viewer where there is no direction.</summary>
    public Point3 Normalized()
    {
        float square = Dot(this);
        return square < 1e-20f ? new Point3(0, 0, 1) : this * (1f / MathF.Sqrt(square));
    }

    public static Point3 Mix(Point3 a, Point3 b, float t) => a + ((b - a) * t);
}
