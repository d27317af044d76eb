using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Paints eyes, lids, lashes and brows onto the skin.</summary>
internal sealed class EyePaint
{
    private static readonly DrawnColour White = new(0.87f, 0.86f, 0.84f);
    private static readonly Point3 Black = new DrawnColour(0.05f, 0.04f, 0.04f).Light;
    private static readonly Point3 Glint = new(1.6f, 1.6f, 1.6f);

    private readonly FaceProportions _face;
    private readonly DrawnPerson _person;
    private readonly Point3 _white;
    private readonly Point3 _iris;
    private readonly Point3 _irisRim;
    private readonly Point3 _lash;
    private readonly Point3 _brow;
    private readonly float _gazeX;
    private readonly float _gazeY;
    private readonly float _glintX;
    private readonly float _browHalf;
    private readonly float _lashThickness;

    public EyePaint(DrawnPerson person, DrawnScene scene, FaceProportions face)
    {
        _face = face;
        _person = person;
        // Deep in their sockets the eyes get less light than the face, the more so the darker the skin around them is.
        _white = White.MixedWith(person.SkinColour, 0.3f).Light;
        _iris = person.EyeColour.Light;
        _irisRim = _iris * 0.3f;
        _lash = Black;
        var dark = new DrawnColour(0.1f, 0.07f, 0.05f);
        _brow = person.HairColour.MixedWith(dark, 0.6f).Light;
        // Eyes follow the camera for part of the head's turn, as people's do.
        _gazeX = (0.035f * scene.GazeX) - (0.0011f * Math.Clamp(scene.YawDegrees, -30, 30));
        _gazeY = (0.014f * scene.GazeY) + (0.0006f * scene.PitchDegrees);
        _glintX = scene.LightDegrees >= 0 ? 0.022f : -0.022f;
        _browHalf = 0.041f + (0.016f * person.BrowThickness) - (0.008f * person.Childlike);
        _lashThickness = 0.02f + (0.008f * person.LipColour);
    }

    /// <summary>
    /// Adds to the skin whatever of eye and brow lies at a place; <paramref name="x"/> and <paramref name="y"/> in head units.
    /// </summary>
    public Surface Paint(Surface skin, float x, float y)
    {
        float side = x < 0 ? -1 : 1, a = MathF.Abs(x);
        if (a > 0.56f || y < _face.BrowY - 0.2f || y > _face.EyeY + 0.22f) return skin;
        skin = PaintBrow(skin, a, y);
        float u = (a - _face.EyeX) / _face.EyeHalfWidth;
        float v = y - _face.EyeY + (_face.EyeSlant * u);
        return PaintEye(skin, u, v, side);
    }

    private Surface PaintEye(Surface skin, float u, float v, float side)
    {
        float arch = MathF.Max(0, 1 - (u * u));
        // Fuller towards the nose above, towards the temple below: what makes an almond of it.
        float open = _face.EyeHalfHeight * _face.EyesOpen;
        float upper = (-open * arch * (1.05f - (0.16f * u))) + (_face.EyeHalfHeight * 0.35f * (1 - _face.EyesOpen) * arch);
        // Nearly shut, the upper lid comes all the way down to the lower one.
        upper += _face.EyeHalfHeight * 0.27f * Smooth(0.5f, 0, _face.EyesOpen) * arch;
        float lower = _face.EyeHalfHeight * 0.62f * arch * (1 + (0.15f * u));
        float shadow = Hill(u / 1.75f, (v + 0.035f) / 0.17f);
        skin = skin.Darkened(0.5f * shadow);
        skin = skin.Darkened(0.12f * Hill(u / 1.3f, (v - lower - 0.05f) / 0.05f));
        if (MathF.Abs(u) > 1.45f) return skin;
        float crease = upper - 0.032f - (0.018f * _face.EyesOpen);
        skin = skin.Darkened(0.42f * Hill((v - crease) / 0.016f) * Smooth(1.15f, 0.7f, MathF.Abs(u)));

        float inside = Smooth(-0.006f, 0.006f, v - upper) * Smooth(0.006f, -0.006f, v - lower) * Smooth(1.02f, 0.96f, MathF.Abs(u));
        Surface eye = Ball(u, v, side, upper);
        skin = new Surface(Point3.Mix(skin.Albedo, eye.Albedo, inside), Mix(skin.Gloss, eye.Gloss, inside), inside * 0.75f);

        float outer = Smooth(-0.7f, 1f, u);
        float thickness = _lashThickness * (0.75f + (0.7f * outer));
        float end = Smooth(1.14f, 1.02f, MathF.Abs(u));
        float lash = Smooth(thickness, thickness * 0.5f, MathF.Abs(v - upper + (thickness * 0.4f))) * end;
        skin = skin.Painted(_lash, lash * 0.95f, 0.05f);
        float lowerLash = Smooth(0.012f, 0.004f, MathF.Abs(v - lower - 0.003f)) * Smooth(1.06f, 0.9f, MathF.Abs(u));
        return skin.Painted(_lash, lowerLash * (0.35f + (0.2f * outer)), 0.05f);
    }

    private Surface Ball(float u, float v, float side, float upper)
    {
        float x = (u * _face.EyeHalfWidth * side) - _gazeX, y = v + (_face.EyeHalfHeight * 0.12f) - _gazeY;
        float distance = MathF.Sqrt((x * x) + (y * y));
        float radius = _face.IrisRadius;
        // The lid throws a shadow on the ball, and the ball turns away from the light at its corners.
        float shade = (0.55f + (0.45f * Smooth(0, 0.045f, v - upper))) * (1 - (0.3f * u * u));
        Point3 colour = _white * shade;
        Point3 iris = Point3.Mix(_irisRim, _iris, Smooth(radius, radius * 0.62f, distance)) * (0.75f + (0.7f * Smooth(-radius, radius, y)));
        colour = Point3.Mix(colour, iris * (0.6f + (0.4f * shade)), Smooth(radius + 0.005f, radius - 0.007f, distance));
        colour = Point3.Mix(colour, Black, Smooth(radius * 0.47f, radius * 0.36f, distance));
        float glintX = x - _glintX, glintY = y + 0.022f;
        colour = Point3.Mix(colour, Glint, 0.9f * Smooth(0.019f, 0.009f, MathF.Sqrt((glintX * glintX) + (glintY * glintY))));
        return new Surface(colour, 0.12f);
    }

    private Surface PaintBrow(Surface skin, float a, float y)
    {
        // s runs from the inner end (0) to the outer end (1).
        float length = 0.33f + (0.02f * _person.EyeSize), s = (a - _face.EyeX + 0.155f) / length;
        if (s < -0.08f || s > 1.08f) return skin;
        float arch = (0.03f + (0.045f * MathF.Max(-0.5f, _person.BrowArch))) * 4 * s * (1 - s) * (0.6f + (0.8f * s));
        float middle = _face.BrowY + 0.035f - arch - (0.035f * _person.BrowSlant * (s - 0.4f));
        float half = _browHalf * (0.95f - (0.6f * s * s)) * Smooth(-0.08f, 0.12f, s);
        float hairs = Noise.Smooth((s * 26) + ((y - middle) * 40), y * 18, _person.Grain + 5);
        float cover = Smooth(half * 1.2f, half * 0.55f, MathF.Abs(y - middle)) * Smooth(1.08f, 0.85f, s);
        return skin.Painted(_brow, cover * (0.68f + (0.32f * hairs)), 0.05f);
    }
}
