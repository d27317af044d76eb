using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Builds the skin of the head with its relief (brow, sockets, nose, cheeks, lips, chin), and the ears. Painted by place.
/// </summary>
internal static class HeadMesh
{
    private const int Rows = 150;
    private const int Columns = 144;

    /// <summary>The head without ears. Paint coordinates: the place before the jaw dropped.</summary>
    public static Mesh Skin(HeadForm form, FaceProportions face, DrawnPerson person)
    {
        var azimuths = new (float Sin, float Cos)[Columns + 1];
        for (int column = 0; column <= Columns; column++)
        {
            // Twice as fine in front, where the relief is, as behind.
            float s = (2f * column / Columns) - 1;
            azimuths[column] = SinCosDegrees(180 * s * (0.5f + (0.5f * s * s)));
        }
        return Mesh.Grid(Material.Skin, Rows, Columns, (row, column) =>
        {
            float y = -SinCosDegrees(1 + (178f * row / Rows)).Cos;
            (float sin, float cos) = azimuths[column];
            Point3 bare = form.At(y, sin, cos);
            float front = Smooth(0.05f, 0.4f, cos);
            var paint = bare with { Z = bare.Z + (front * Relief(bare.X, y, face, person)) };
            return (paint with { Y = y + Drop(paint, face) }, paint);
        }, isClosed: true);
    }

    /// <summary>The ear on one side: -1 the picture's left, 1 its right. Paint coordinates: place within the ear, -1 to 1.</summary>
    public static Mesh Ear(HeadForm form, DrawnPerson person, float side)
    {
        float size = 1 + (0.2f * person.Ears) + (0.1f * person.Childlike);
        const float middleY = 0.14f;
        float middleX = form.HalfWidth(middleY) + 0.01f + (0.025f * person.Ears);
        return Mesh.Grid(Material.Ear, 18, 24, (row, column) =>
        {
            (float sinLatitude, float cosLatitude) = SinCosDegrees(-88 + (176f * row / 18));
            (float sin, float cos) = SinCosDegrees(360f * column / 24);
            // A flat egg, broad above and narrow at the lobe, its plane turned outwards by some 30 degrees.
            float taper = 1 - (0.22f * sinLatitude);
            float along = sin * cosLatitude * taper, out_ = cos * cosLatitude;
            float flat = 0.045f * size, deep = 0.115f * size;
            float x = (out_ * flat) - (along * deep * (0.4f + (0.15f * person.Ears)));
            var place = new Point3(side * (middleX + x), middleY + (sinLatitude * 0.185f * size), (along * deep * 0.9f) - 0.06f);
            return (place, new Point3(along, sinLatitude, out_));
        }, isClosed: true);
    }

    /// <summary>How far a spot of the lower face goes down as the mouth opens.</summary>
    public static float Drop(Point3 place, FaceProportions face)
    {
        if (face.JawDrop <= 0 || place.Z < -0.1f) return 0;
        float start = face.MouthLine(place.X);
        float below = Smooth(start, start + 0.05f, place.Y);
        float inMouth = Hill(place.X / (face.MouthHalfWidth * 1.25f));
        // Away from the mouth the cheek stretches over a longer way.
        float cheek = Smooth(start - 0.25f, start + 0.25f, place.Y);
        return face.JawDrop * Mix(cheek, below, inMouth) * Smooth(-0.1f, 0.25f, place.Z);
    }

    /// <summary>Height of the surface over the bare form at a place of the face.</summary>
    private static float Relief(float x, float y, FaceProportions face, DrawnPerson person)
    {
        if (y < -0.6f) return 0;
        float a = MathF.Abs(x);
        float masculine = 0.5f + (0.3f * person.BrowThickness) + (0.2f * person.Jaw);
        float height = 0.028f * masculine * (1 - person.Childlike) * Plateau(a / 0.5f, (y - face.BrowY) / 0.16f);
        height -= 0.085f * Plateau((a - face.EyeX) / 0.25f, (y - face.EyeY + 0.01f) / 0.16f);
        height += 0.055f * Hill((a - face.EyeX) / 0.2f, (y - face.EyeY) / 0.15f);
        height -= 0.02f * Hill((a - 0.6f) / 0.2f, (y + 0.15f) / 0.3f);
        float cheekY = face.NoseBaseY - 0.15f;
        height += (0.05f + (0.025f * person.Cheeks) + (0.02f * MathF.Max(0, face.MouthCurve * 13))) * Hill((a - 0.4f) / 0.28f,
            (y - cheekY) / 0.26f);
        height += Nose(a, y, face);
        return height + Mouth(x, a, y, face, person);
    }

    private static float Nose(float a, float y, FaceProportions face)
    {
        float rootY = face.EyeY - 0.13f, tipY = face.NoseBaseY - 0.075f;
        float down = Math.Clamp((y - rootY) / (tipY - rootY), 0f, 1f);
        // The ridge rises to the tip and falls back quickly below it.
        float profile =
            (0.2f + (0.8f * down * (0.45f + (0.55f * down)))) * Smooth(rootY - 0.14f, rootY + 0.1f, y) * Smooth(face.NoseBaseY + 0.05f,
                tipY + 0.025f, y);
        float width = Mix(0.09f, face.NoseHalfWidth * 1.05f, down * down);
        float ridge = face.NoseHeight * profile * Hill(a / (width * 1.5f));
        float wing =
            0.09f * Hill((a - (face.NoseHalfWidth * 0.72f)) / (face.NoseHalfWidth * 0.62f), (y - face.NoseBaseY + 0.055f) / 0.095f);
        float tip = 0.05f * Hill(a / (face.NoseHalfWidth * 0.8f), (y - tipY) / 0.09f);
        return ridge + wing + tip;
    }

    private static float Mouth(float x, float a, float y, FaceProportions face, DrawnPerson person)
    {
        float line = face.MouthLine(x), lip = face.LipHeight;
        float height = 0.045f * Hill(a / 0.42f, (y - face.MouthY) / 0.26f);
        float across = a / face.MouthHalfWidth;
        height += 0.035f * Plateau(across * 0.95f, (y - line + (lip * 0.55f)) / (lip * 1.1f));
        height += 0.04f * Plateau(across * 1.05f, (y - line - (lip * 0.75f)) / (lip * 1.2f));
        height -= 0.025f * Hill((a - (face.MouthHalfWidth * 1.05f)) / 0.08f, (y - line) / 0.08f);
        height -= 0.02f * Hill(a / 0.05f, (y - face.NoseBaseY - 0.06f) / 0.09f);
        height -= 0.035f * Hill(a / 0.28f, (y - line - (lip * 1.9f) - 0.03f) / 0.085f);
        return height + ((0.055f + (0.03f * person.Chin)) * Hill(a / 0.26f, (y - 0.9f) / 0.15f));
    }
}
