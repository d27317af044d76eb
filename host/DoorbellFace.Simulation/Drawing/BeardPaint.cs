using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Paints beard, moustache or stubble onto the skin.</summary>
internal sealed class BeardPaint
{
    private readonly DrawnPerson _person;
    private readonly FaceProportions _face;
    private readonly Point3 _colour;

    public BeardPaint(DrawnPerson person, FaceProportions face)
    {
        _person = person;
        _face = face;
        _colour = person.FacialHairColour.Light;
    }

    /// <summary>Adds to the skin whatever grows at a place of the face, in head units before the jaw dropped.</summary>
    public Surface Paint(Surface skin, float x, float y, float z)
    {
        float a = MathF.Abs(x);
        if (y < _face.NoseBaseY - 0.3f) return skin;
        float cover = _person.FacialHair switch
        {
            FacialHair.Stubble => 0.42f * MathF.Max(Cheeks(a, y), MathF.Max(Chin(a, y), Moustache(a, y))),
            FacialHair.Moustache => Moustache(a, y),
            FacialHair.Goatee => MathF.Max(Moustache(a, y) * 0.95f, Goatee(a, y)),
            FacialHair.FullBeard => MathF.Max(Cheeks(a, y), MathF.Max(Chin(a, y), Moustache(a, y))),
            _ => 0,
        };
        if (cover <= 0) return skin;
        float strands = Noise.Smooth(x * 42, (y * 14) + (z * 10), _person.Grain + 21);
        float speckle = Noise.Smooth(x * 60, y * 60, _person.Grain + 22);
        if (_person.FacialHair == FacialHair.Stubble) return skin.Painted(_colour, cover * (0.55f + (0.45f * speckle)), 0.1f);
        return skin.Painted(_colour * (0.65f + (0.75f * strands)), Smooth(0.12f, 0.75f, cover * (0.8f + (0.3f * speckle))), 0.08f);
    }

    private float Moustache(float a, float y)
    {
        float line = _face.MouthLine(a) - (_face.LipHeight * 0.55f);
        float width = _face.MouthHalfWidth * 1.2f, t = a / width;
        float droop = 0.05f * t * t;
        float top = _face.NoseBaseY + 0.045f + (0.1f * t * t);
        return Smooth(top - 0.03f, top + 0.03f, y) * Smooth(line + droop + 0.03f, line + droop - 0.015f, y) * Smooth(1.05f, 0.85f, t);
    }

    private float Goatee(float a, float y)
    {
        float outer = Plateau(a / (_face.MouthHalfWidth * 1.3f), (y - 0.82f) / 0.32f);
        float ring =
            Smooth(_face.MouthHalfWidth * 1.02f, _face.MouthHalfWidth * 1.12f, a) * Smooth(_face.MouthHalfWidth * 1.42f,
                _face.MouthHalfWidth * 1.28f, a) * Smooth(_face.NoseBaseY + 0.1f, _face.NoseBaseY + 0.16f, y);
        return MathF.Max(ring, outer * BelowLip(a, y));
    }

    private float Chin(float a, float y) => Plateau(a / 0.5f, (y - 0.92f) / 0.36f) * BelowLip(a, y);

    private float Cheeks(float a, float y)
    {
        // Sideburn, then along the jaw: the upper edge runs from before the ear to the corner of the mouth.
        float edge = Mix(_face.MouthY - 0.01f, 0.16f, Smooth(0.3f, 0.66f, a));
        float inner = Smooth(_face.MouthHalfWidth * 1.0f, _face.MouthHalfWidth * 1.2f, a);
        float besideMouth = MathF.Max(inner, BelowLip(a, y));
        return Smooth(edge - 0.05f, edge + 0.06f, y) * besideMouth;
    }

    private float BelowLip(float a, float y)
    {
        float lip = _face.MouthLine(a) + (_face.LipHeight * 1.45f) + _face.MouthGap;
        return Smooth(lip, lip + 0.06f, y);
    }
}
