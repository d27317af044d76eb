using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Builds the frame of a pair of glasses: two rims, a bridge, two arms to the ears.</summary>
internal static class GlassesMesh
{
    private const int Around = 40;

    public static IEnumerable<Mesh> Build(DrawnPerson person, FaceProportions face, HeadForm head)
    {
        if (person.Glasses == Glasses.None) yield break;
        bool round = person.Glasses == Glasses.Round;
        float halfWidth = round ? 0.205f : 0.235f, halfHeight = round ? 0.195f : 0.145f;
        float middleX = MathF.Max(face.EyeX, halfWidth + 0.055f), middleY = face.EyeY + 0.03f;
        float depth = head.Front(face.EyeY) + 0.09f;
        float thickness = round ? 0.016f : 0.021f;
        foreach (float side in (float[])[-1, 1])
        {
            yield return Tube(Around, thickness, t =>
            {
                (float sin, float cos) = SinCosDegrees(360 * t);
                float x = middleX + (halfWidth * Rounded(cos, round)), y = middleY + (halfHeight * Rounded(sin, round));
                return new Point3(side * x, y, Wrapped(x));
            });
            float hinge = middleX + halfWidth;
            yield return Tube(8, thickness * 0.9f, t =>
            {
                float x = Mix(hinge, head.HalfWidth(0) + 0.02f, MathF.Min(1, t * 2.2f));
                return new Point3(side * x, middleY - 0.05f + (0.05f * t), Mix(Wrapped(hinge), -0.05f, t));
            });
        }
        yield return Tube(8, thickness, t =>
        {
            float x = (middleX - halfWidth) * ((2 * t) - 1);
            return new Point3(x, middleY - 0.035f - (0.03f * Hill((2 * t) - 1)), Wrapped(x) + 0.01f);
        });

        // Glasses bend round the face.
        float Wrapped(float x) => depth - (0.34f * x * x);
    }

    /// <summary>A circle's coordinate, pushed outwards towards a square with soft corners.</summary>
    private static float Rounded(float value, bool round) =>
        round ? value : Math.Clamp(value * (1.32f - (0.32f * value * value)), -1, 1);

    private static Mesh Tube(int along, float radius, Func<float, Point3> path)
    {
        const int sides = 6;
        return Mesh.Grid(Material.Frame, along, sides, (row, column) =>
        {
            float t = (float)row / along;
            Point3 here = path(t), step = (path(t + 0.01f) - path(t - 0.01f)).Normalized();
            Point3 reference = MathF.Abs(step.Z) < 0.9f ? new Point3(0, 0, 1) : new Point3(0, 1, 0);
            Point3 aside = step.Cross(reference).Normalized(), other = step.Cross(aside);
            (float sin, float cos) = SinCosDegrees(360f * column / sides);
            Point3 place = here + (aside * (cos * radius)) + (other * (sin * radius));
            return (place, place);
        }, isClosed: true);
    }
}
