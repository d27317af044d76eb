using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Paints hair, clothes and glasses.</summary>
internal sealed class OtherPaint
{
    private readonly DrawnPerson _person;
    private readonly DrawnScene _scene;
    private readonly HairForm? _hair;
    private readonly Point3 _hairColour;
    private readonly Point3 _clothes;
    private readonly Point3 _trim;
    private readonly Surface _frame;
    private readonly int _pattern;

    public OtherPaint(DrawnPerson person, DrawnScene scene, HairForm? hair)
    {
        _person = person;
        _scene = scene;
        _hair = hair;
        _hairColour = person.HairColour.Light;
        _clothes = scene.ClothesColour.Light;
        _trim = scene.ClothesColour.MixedWith(new DrawnColour(0.92f, 0.91f, 0.88f), 0.65f).Light;
        _frame = new Surface(person.GlassesColour.Light, 0.6f);
        _pattern = (int)(Noise.Cell(1, 1, scene.Seed) * 4);
    }

    /// <summary>A spot of hair: azimuth in degrees, height, how far up the crown.</summary>
    public Surface Hair(Point3 paint)
    {
        float curl = _hair?.Curl ?? 0;
        float strands, clumps;
        if (curl > 0)
        {
            strands = Noise.Cloud(paint.X * 0.22f, paint.Y * 17, _person.Grain + 30);
            clumps = Noise.Smooth(paint.X * 0.09f, paint.Y * 7, _person.Grain);
        }
        else
        {
            // Strands run down; over the crown they draw together, so there the pattern is coarser.
            float across = paint.X * Mix(0.85f, 0.45f, paint.Z);
            strands = Noise.Cloud(across, paint.Y * 1.6f, _person.Grain + 30);
            clumps = Noise.Smooth(paint.X * 0.13f, paint.Y * 0.9f, _person.Grain + 33);
        }
        float shade = 0.45f + (0.65f * strands) + (0.4f * clumps);
        return new Surface(_hairColour * shade, 0.1f + (0.5f * strands * strands));
    }

    /// <summary>A spot of the clothes, in head units.</summary>
    public Surface Clothes(Point3 place)
    {
        float fold = 0.85f + (0.3f * Noise.Smooth(place.X * 2.2f, place.Y * 1.4f, _scene.Seed + 3));
        Point3 colour = _clothes;
        if (_pattern == 1 && Frac(place.Y * 2.6f) < 0.4f) colour = _trim;
        if (_pattern == 2 && place.Y < 1.24f) colour = _trim;
        if (_pattern == 3 && MathF.Abs(place.X) < 0.03f && place.Z > 0) colour *= 0.45f;
        return new Surface(colour * fold, 0.04f);
    }

    /// <summary>A spot of the frame of the glasses.</summary>
    public Surface Frame() => _frame;

    private static float Frac(float value) => value - MathF.Floor(value);
}
