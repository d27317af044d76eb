namespace DoorbellFace.Simulation.Drawing;

/// <summary>The bare shape of a head, before nose, eyes and mouth: width and depth at every height, in head units.</summary>
internal sealed class HeadForm
{
    private readonly Profile _width;
    private readonly Profile _front;
    private readonly Profile _back;

    public HeadForm(DrawnPerson person)
    {
        float child = person.Childlike, jaw = person.Jaw, cheeks = person.Cheeks;
        float broad = 1 + (0.085f * person.HeadWidth) + (0.05f * child);
        float chin = (0.05f * person.Chin) - (0.03f * child);
        _width = new Profile(
            (-1f, 0.72f * broad), (-0.5f, 0.755f * broad), (-0.15f, 0.7f * broad), (0.2f, (0.685f + (0.02f * cheeks)) * broad),
            (0.45f, (0.675f + (0.035f * cheeks) + (0.03f * jaw)) * broad), (0.65f, (0.68f + (0.03f * cheeks) + (0.075f * jaw)) * broad),
            (0.85f, (0.72f + (0.1f * jaw) + (0.03f * child)) * broad), (1f, (0.86f + (0.14f * jaw)) * broad));
        _front = new Profile(
            (-1f, 0.72f), (-0.5f, 0.8f + (0.03f * child)), (-0.2f, 0.765f), (0f, 0.73f), (0.3f, 0.745f), (0.6f, 0.76f + (chin * 0.4f)),
            (0.85f, 0.84f + chin), (1f, 0.9f + chin));
        _back = new Profile((-1f, 0.9f), (-0.4f, 1f), (0.1f, 0.93f), (0.5f, 0.74f), (0.8f, 0.55f), (1f, 0.45f));
    }

    /// <summary>Half the width at a height, ears not counted.</summary>
    public float HalfWidth(float y) => _width[y] * Root(1 - (y * y));

    /// <summary>How far the middle of the face lies in front of the ears.</summary>
    public float Front(float y)
    {
        float squared = y * y;
        // Below the eyes the face stays deep down to the chin and then ends sharply; above, it is round.
        return _front[y] * (y < 0 ? Root(1 - squared) : Root(1 - (squared * squared * squared)));
    }

    /// <summary>How far the back of the head lies behind the ears.</summary>
    public float Back(float y) => _back[y] * Root(1 - (y * y));

    /// <summary>The surface at a height and an azimuth: 0 degrees in front, positive to the picture's right, 180 behind.</summary>
    public Point3 At(float y, float sin, float cos, float thickness = 0)
    {
        float depth = cos >= 0
            ? (Front(y) + thickness) * cos * (1 + (0.1f * sin * sin))
            : (Back(y) + thickness) * cos;
        return new Point3((HalfWidth(y) + thickness) * sin, y, depth);
    }

    private static float Root(float value) => value <= 0 ? 0 : MathF.Sqrt(value);
}
