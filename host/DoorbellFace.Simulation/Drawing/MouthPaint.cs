using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Paints lips, teeth and the inside of the mouth onto the skin.</summary>
internal sealed class MouthPaint
{
    private static readonly Point3 Inside = new DrawnColour(0.24f, 0.08f, 0.08f).Light;
    private static readonly Point3 Tooth = new DrawnColour(0.93f, 0.91f, 0.86f).Light;

    private readonly FaceProportions _face;
    private readonly Point3 _lips;
    private readonly Point3 _line;

    public MouthPaint(DrawnPerson person, FaceProportions face)
    {
        _face = face;
        DrawnColour natural = person.SkinColour.MixedWith(new DrawnColour(0.72f, 0.3f, 0.3f), 0.42f);
        DrawnColour painted = new(0.68f, 0.13f, 0.17f);
        _lips = natural.MixedWith(painted, MathF.Max(0, (person.LipColour - 0.25f) / 0.75f) * 0.8f).Light;
        _line = _lips * 0.18f;
    }

    /// <summary>Adds to the skin whatever of the mouth lies at a place of the face, in head units before the jaw dropped.</summary>
    public Surface Paint(Surface skin, float x, float y)
    {
        float u = x / _face.MouthHalfWidth, a = MathF.Abs(u);
        float line = _face.MouthLine(x), lip = _face.LipHeight;
        if (a > 1.3f || MathF.Abs(y - line) > 0.3f) return skin;
        float arch = MathF.Max(0, 1 - (u * u));
        float gap = _face.MouthGap * arch;
        float v = y - line;
        // Cupid's bow: two peaks and a dip in the middle.
        float upper = lip * (0.95f * arch * (0.72f + (0.28f * Plateau((a - 0.28f) / 0.4f))));
        float lower = (lip * 1.25f * arch * (0.75f + (0.25f * arch))) + gap;
        float edge = Smooth(1.03f, 0.93f, a);
        float upperCover = Smooth(-upper - 0.008f, -upper + 0.008f, v) * Smooth(0.006f, -0.002f, v) * edge;
        float lowerCover = Smooth(gap - 0.006f, gap + 0.002f, v) * Smooth(lower + 0.01f, lower - 0.012f, v) * edge;
        skin = skin.Darkened(0.22f * Hill(u / 0.8f, (v - lower - 0.045f) / 0.05f));
        skin = skin.Painted(_lips * 0.78f, upperCover * 0.95f, 0.18f);
        skin = skin.Painted(_lips * 1.06f, lowerCover * 0.9f, 0.32f);
        float seam = Smooth(0.013f, 0.003f, MathF.Abs(v)) * Smooth(1.08f, 0.96f, a) * (gap > 0.008f ? 0.6f : 1);
        skin = skin.Painted(_line, seam * 0.9f, 0.05f);
        skin = skin.Darkened(0.35f * Hill((a - 1.04f) / 0.12f, v / 0.035f));
        if (gap <= 0.004f) return skin;
        float open = Smooth(-0.003f, 0.004f, v) * Smooth(gap + 0.003f, gap - 0.004f, v);
        float teeth = Smooth(0.045f, 0.035f, v + (0.012f * a)) * Smooth(0.9f, 0.75f, a);
        Point3 inside = Point3.Mix(Inside, Tooth * (1 - (0.45f * a * a)), teeth * 0.92f);
        return skin.Painted(inside, open, 0.1f) with { Flat = open * 0.5f };
    }
}
