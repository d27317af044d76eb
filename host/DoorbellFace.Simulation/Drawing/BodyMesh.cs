using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Builds neck and shoulders. Painted by place.</summary>
internal static class BodyMesh
{
    private static readonly Profile NeckWidth = new((0.3f, 0.41f), (0.75f, 0.39f), (1.05f, 0.41f), (1.3f, 0.56f), (1.6f, 0.9f));

    private static readonly Profile TorsoWidth = new(
        (1.04f, 0.41f), (1.11f, 0.6f), (1.22f, 0.95f), (1.38f, 1.34f), (1.62f, 1.56f), (2.1f, 1.62f), (9f, 1.5f));

    private static readonly Profile TorsoDepth = new((1.04f, 0.35f), (1.18f, 0.43f), (1.48f, 0.55f), (2.1f, 0.68f), (9f, 0.7f));

    public static Mesh Neck(DrawnPerson person)
    {
        float slender = 1 - (0.22f * person.Childlike) + (0.07f * person.Jaw) + (0.05f * person.HeadWidth);
        return Mesh.Grid(Material.Neck, 14, 40, (row, column) =>
        {
            float y = 0.3f + (1.4f * row / 14);
            (float sin, float cos) = SinCosDegrees((360f * column / 40) - 180);
            float width = NeckWidth[y] * slender;
            var place = new Point3(width * sin, y, (MathF.Min(width, 0.46f) * 0.95f * cos) - 0.16f + (0.06f * (y - 0.9f)));
            return (place, place);
        }, isClosed: true);
    }

    public static Mesh Torso(DrawnPerson person)
    {
        float narrow = 1 - (0.25f * person.Childlike) + (0.05f * person.HeadWidth);
        return Mesh.Grid(Material.Clothes, 40, 48, (row, column) =>
        {
            float t = row / 40f;
            float y = 1.04f + (7.8f * t * t * t) + (0.9f * t);
            (float sin, float cos) = SinCosDegrees((360f * column / 48) - 180);
            // The collar lies lower in front than behind.
            float collar = 0.16f * (0.5f + (0.5f * cos)) * Smooth(1.8f, 1.04f, y);
            var place = new Point3(TorsoWidth[y] * narrow * sin, y + collar, (TorsoDepth[y] * cos) - 0.2f);
            return (place, place);
        }, isClosed: true);
    }
}
