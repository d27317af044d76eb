using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Paints the skin of head, ears and neck: complexion, freckles, wrinkles, stubble of the scalp, and calls eyes, mouth and beard.
/// </summary>
internal sealed class SkinPaint
{
    private const float Gloss = 0.2f;

    private readonly DrawnPerson _person;
    private readonly FaceProportions _face;
    private readonly HeadForm _head;
    private readonly HairForm? _hair;
    private readonly EyePaint _eyes;
    private readonly MouthPaint _mouth;
    private readonly BeardPaint? _beard;
    private readonly Point3 _skin;
    private readonly Point3 _blush;
    private readonly Point3 _freckle;
    private readonly Point3 _scalp;

    public SkinPaint(DrawnPerson person, DrawnScene scene, FaceProportions face, HeadForm head, HairForm? hair)
    {
        _person = person;
        _face = face;
        _head = head;
        _hair = hair;
        _eyes = new EyePaint(person, scene, face);
        _mouth = new MouthPaint(person, face);
        _beard = person.FacialHair == FacialHair.None ? null : new BeardPaint(person, face);
        _skin = person.SkinColour.Light;
        _blush = new Point3(_skin.X * 0.98f, _skin.Y * 0.72f, _skin.Z * 0.7f);
        _freckle = new Point3(_skin.X * 0.62f, _skin.Y * 0.48f, _skin.Z * 0.4f);
        _scalp = person.HairColour.MixedWith(person.SkinColour, 0.15f).Light * 0.7f;
    }

    /// <summary>A spot of the head; the place is in head units, before the jaw dropped.</summary>
    public Surface Head(Point3 place)
    {
        float x = place.X, y = place.Y;
        float mottle = 0.95f + (0.1f * Noise.Cloud(x * 6, (y * 6) + (place.Z * 4), _person.Grain));
        var skin = new Surface(_skin * mottle, Gloss);
        if (_hair is not null) skin = PaintScalp(skin, place);
        if (place.Z < 0.05f) return skin;
        float a = MathF.Abs(x);
        float blush = Hill((a - 0.4f) / 0.26f, (y - _face.NoseBaseY + 0.08f) / 0.22f);
        blush += 0.7f * Hill(a / 0.14f, (y - _face.NoseBaseY + 0.07f) / 0.12f);
        skin = skin.Painted(_blush, MathF.Min(1, blush) * 0.6f, Gloss);
        // Cheekbones and the ridge of the nose catch the light.
        skin = skin.Darkened(-0.16f * Hill((a - 0.33f) / 0.24f, (y - _face.EyeY - 0.25f) / 0.17f));
        skin = skin.Darkened(-0.14f * Hill(a / 0.09f, (y - _face.EyeY - 0.08f) / 0.3f));
        if (_person.Freckles > 0) skin = PaintFreckles(skin, x, y, a);
        if (_person.Wrinkles > 0) skin = PaintWrinkles(skin, a, y);
        skin = PaintNose(skin, a, y);
        if (_beard is not null) skin = _beard.Paint(skin, x, y, place.Z);
        skin = _eyes.Paint(skin, x, y);
        return _mouth.Paint(skin, x, y);
    }

    /// <summary>A spot of an ear; the place is within the ear, -1 to 1.</summary>
    public Surface Ear(Point3 place)
    {
        var skin = new Surface(Point3.Mix(_skin, _blush, 0.45f), Gloss);
        float shell = Hill((place.X - 0.1f) / 0.62f, (place.Y + 0.1f) / 0.72f) * Smooth(-0.1f, 0.5f, place.Z);
        return skin.Darkened(0.5f * shell);
    }

    /// <summary>A spot of the neck, in head units.</summary>
    public Surface Neck(Point3 place) =>
        new Surface(_skin * 0.95f, Gloss * 0.6f).Darkened(0.4f * Smooth(1.3f, 0.85f, place.Y));

    private Surface PaintScalp(Surface skin, Point3 place)
    {
        // Hanging hair stands off the face, so skin shows beside it down to the ear; short hair grows out of the skin where it is seen.
        float seen = _hair!.Hangs && place.Z > -0.05f ? Smooth(-0.25f, -0.5f, place.Y) : 1;
        if (seen <= 0) return skin;
        float width = MathF.Max(0.05f, _head.HalfWidth(place.Y));
        float azimuth = ArcSineDegrees(Math.Clamp(place.X / width, -1f, 1f));
        if (place.Z < 0) azimuth = (azimuth >= 0 ? 180 : -180) - azimuth;
        return skin.Painted(_scalp, HairMesh.Cover(azimuth, place.Y, _hair, _person) * seen, 0.08f);
    }

    private Surface PaintNose(Surface skin, float a, float y)
    {
        float width = _face.NoseHalfWidth, baseY = _face.NoseBaseY;
        skin = skin.Darkened(0.16f * Hill((a - (width * 0.95f)) / 0.07f, (y - baseY + 0.2f) / 0.2f));
        skin = skin.Darkened(0.32f * Hill((a - (width * 1.2f)) / 0.05f, (y - baseY + 0.05f) / 0.08f));
        skin = skin.Darkened(0.3f * Hill(a / (width * 1.2f), (y - baseY - 0.02f) / 0.05f));
        float nostril = Hill((a - (width * 0.48f)) / (width * 0.42f), (y - baseY + 0.002f) / 0.03f);
        return skin.Darkened(0.85f * MathF.Min(1, nostril * 1.4f));
    }

    private Surface PaintFreckles(Surface skin, float x, float y, float a)
    {
        float area = Plateau(a / 0.58f, (y - _face.NoseBaseY + 0.16f) / 0.24f);
        if (area <= 0) return skin;
        const float spacing = 0.062f;
        int cellX = (int)MathF.Floor(x / spacing), cellY = (int)MathF.Floor(y / spacing);
        float deepest = 0;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int gx = cellX + dx, gy = cellY + dy;
                if (Noise.Cell(gx, gy, _person.Grain) > 0.35f + (0.45f * _person.Freckles)) continue;
                float fx = x - ((gx + 0.15f + (0.7f * Noise.Cell(gx, gy, _person.Grain + 1))) * spacing);
                float fy = y - ((gy + 0.15f + (0.7f * Noise.Cell(gx, gy, _person.Grain + 2))) * spacing);
                float radius = 0.012f + (0.009f * Noise.Cell(gx, gy, _person.Grain + 3));
                deepest = MathF.Max(deepest, Hill(fx / radius, fy / radius));
            }
        }
        return skin.Painted(_freckle, deepest * area * (0.45f + (0.4f * _person.Freckles)), Gloss);
    }

    private Surface PaintWrinkles(Surface skin, float a, float y)
    {
        float deep = _person.Wrinkles;
        for (int line = 0; line < 3; line++)
        {
            float at = _face.BrowY - 0.14f - (0.09f * line) - (0.03f * a * a);
            float broken = 0.5f + (0.5f * Noise.Smooth(a * 7, line * 3, _person.Grain + 9));
            skin = skin.Darkened(0.3f * deep * broken * Hill((y - at) / 0.016f) * Smooth(0.4f, 0.25f, a));
        }
        // From the wing of the nose to beside the mouth.
        float down = (y - _face.NoseBaseY + 0.06f) / (_face.MouthY + 0.06f - _face.NoseBaseY);
        float fold = _face.NoseHalfWidth + 0.04f + (0.13f * down);
        if (down is > 0 and < 1) skin = skin.Darkened(0.4f * deep * Hill((a - fold) / 0.035f) * Hill((2 * down) - 1));
        // Under the eye.
        float pouch = _face.EyeY + 0.125f - (0.25f * (a - _face.EyeX) * (a - _face.EyeX) / 0.15f);
        skin = skin.Darkened(0.3f * deep * Hill((y - pouch) / 0.02f) * Hill((a - _face.EyeX) / 0.15f));
        // Crow's feet.
        float outwards = a - _face.EyeX - _face.EyeHalfWidth;
        if (outwards is <= 0 or >= 0.14f) return skin;
        float rays =
            MathF.Abs(((y - _face.EyeY) / (0.03f + outwards)) - MathF.Round((y - _face.EyeY) / (0.03f + outwards) / 0.45f) * 0.45f);
        return skin.Darkened(0.28f * deep * Smooth(0.12f, 0.02f, rays) * Hill((outwards - 0.06f) / 0.08f) * Hill((y - _face.EyeY) / 0.12f));
    }
}
