using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Builds the hair as a shell round the head, cut along the edge of the style. Paint coordinates: azimuth in degrees, height, how far up
/// the crown.
/// </summary>
internal static class HairMesh
{
    private const int Rows = 84;
    private const int Columns = 108;

    public static Mesh Shell(HeadForm head, HairForm hair, DrawnPerson person)
    {
        return Mesh.Grid(Material.Hair, Rows, Columns, (row, column) =>
        {
            float t = (row + 0.3f) / (Rows + 0.3f);
            float y = -1 + ((hair.End + 1.04f) * t * t * (1.5f - (0.5f * t)));
            float azimuth = (360f * column / Columns) - 180;
            (float sin, float cos) = SinCosDegrees(azimuth);
            float up = Smooth(-0.25f, -1f, y);
            float edge = EdgeAt(azimuth, hair, person);
            // Short hair gets thinner towards its edge; a fringe and hanging hair end in a step.
            float rim = cos > 0 && hair.Hangs ? 1 : Mix(0.3f, 1, Smooth(edge + 0.02f, edge - 0.2f, y));
            float thickness = (Mix(hair.Side, hair.Top, up) * rim) + 0.012f;
            thickness += hair.Curl * (Noise.Smooth(azimuth * 0.09f, y * 7, person.Grain) - 0.5f) * 2;
            // The sides draw together over the crown, or the shell would have a flat lid.
            float y4 = y * y * y * y, aside = thickness * (y < 0 ? MathF.Sqrt(MathF.Max(0, 1 - (y4 * y4))) : 1);
            Point3 place = hair.Hangs ? Hanging(head, hair, y, sin, cos, aside) : head.At(y, sin, cos, aside);
            return (place with { Y = place.Y - (thickness * up) }, new Point3(azimuth, y, up));
        }, isClosed: true, paint => IsCut(paint, hair, person));
    }

    /// <summary>The knot of hair on top of the head.</summary>
    public static Mesh Knot(DrawnPerson person)
    {
        float radius = 0.29f + (0.06f * person.HairVolume);
        return Mesh.Grid(Material.Hair, 20, 28, (row, column) =>
        {
            (float sinLatitude, float cosLatitude) = SinCosDegrees(-89 + (178f * row / 20));
            float azimuth = (360f * column / 28) - 180;
            (float sin, float cos) = SinCosDegrees(azimuth);
            var offset = new Point3(sin * cosLatitude, sinLatitude * 0.8f, cos * cosLatitude) * radius;
            return (offset + new Point3(0, -1.16f, -0.2f), new Point3(azimuth + (90 * sinLatitude), sinLatitude, 1));
        }, isClosed: true);
    }

    /// <summary>Lowest hair at an azimuth in degrees, -180 to 180.</summary>
    public static float EdgeAt(float azimuth, HairForm hair, DrawnPerson person)
    {
        float edge = hair.Edge[MathF.Abs(azimuth)];
        if (hair.Sweep <= 0) return edge;
        float side = person.Parting >= 0 ? 1 : -1;
        float swept = Hill((azimuth + (side * 20)) / 46) - (0.35f * Hill((azimuth - (side * 18)) / 14));
        return edge + (hair.Sweep * swept);
    }

    /// <summary>Whether the place on the scalp has hair, 0 to 1; for the skin under it.</summary>
    public static float Cover(float azimuth, float y, HairForm hair, DrawnPerson person)
    {
        if (hair.BareTop && y < -0.3f) return 0;
        return Smooth(0.03f, -0.05f, y - MathF.Min(EdgeAt(azimuth, hair, person), 0.62f));
    }

    private static bool IsCut(Point3 paint, HairForm hair, DrawnPerson person)
    {
        float lock_ =
            Noise.Smooth(paint.X * 0.16f, 0.5f, person.Grain) + (0.5f * Noise.Smooth(paint.X * 0.5f, 1.5f, person.Grain + 1)) - 0.75f;
        if (paint.Y > EdgeAt(paint.X, hair, person) + (hair.Ragged * lock_)) return true;
        return hair.BareTop && paint.Y < -0.42f + (0.25f * lock_);
    }

    private static Point3 Hanging(HeadForm head, HairForm hair, float y, float sin, float cos, float thickness)
    {
        float level = MathF.Min(y, -0.08f), below = MathF.Max(0, y + 0.08f);
        float width = head.HalfWidth(level) + thickness + (0.45f * hair.Fall(y)) - (0.05f * Smooth(0.1f, 0.7f, y));
        float front = (head.Front(level) + thickness) * (1 - (0.16f * MathF.Min(below, 1.2f)));
        float back = head.Back(level) + thickness - (0.16f * MathF.Min(below, 1.3f));
        return new Point3(width * sin, y, cos >= 0 ? front * cos : back * cos);
    }
}
