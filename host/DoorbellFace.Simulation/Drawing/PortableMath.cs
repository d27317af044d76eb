namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// The few functions the drawing needs beyond + - * / and square root. The ones of the runtime library may differ in the last bit from
/// one processor or C library to the next; these are built from exactly defined operations only, so a seed draws the same bytes everywhere.
/// </summary>
internal static class PortableMath
{
    /// <summary>Sine and cosine of an angle in degrees.</summary>
    public static (float Sin, float Cos) SinCosDegrees(float degrees)
    {
        double turned = degrees % 360.0;
        if (turned > 180) turned -= 360;
        if (turned < -180) turned += 360;
        double x = turned * (Math.PI / 180), square = x * x;
        // Taylor series up to x^23: below 1e-9 at 180 degrees.
        double sin = x, cos = 1, sinTerm = x, cosTerm = 1;
        for (int k = 1; k <= 11; k++)
        {
            cosTerm *= -square / ((2 * k - 1) * (2 * k));
            sinTerm *= -square / ((2 * k) * (2 * k + 1));
            cos += cosTerm;
            sin += sinTerm;
        }
        return ((float)sin, (float)cos);
    }

    /// <summary>
    /// The angle in degrees whose sine is given, -90 to 90, within 0.01 degrees (formula 4.4.45 of Abramowitz and Stegun,
    /// "Handbook of Mathematical Functions").
    /// </summary>
    public static float ArcSineDegrees(float sine)
    {
        float a = MathF.Abs(sine);
        float angle = 1.5707963f - (MathF.Sqrt(1 - a) * (1.5707288f + (a * (-0.2121144f + (a * (0.0742610f - (a * 0.0187293f)))))));
        return (sine < 0 ? -angle : angle) * (180 / MathF.PI);
    }

    /// <summary>
    /// 0 at or before <paramref name="from"/>, 1 at or after <paramref name="to"/>, an S-curve between; also for from above to.
    /// </summary>
    public static float Smooth(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0f, 1f);
        return t * t * (3f - (2f * t));
    }

    /// <summary>A round hill: 1 in the middle, 0 from distance 1 outwards.</summary>
    public static float Hill(float x, float y = 0)
    {
        float rest = 1f - (x * x) - (y * y);
        return rest <= 0 ? 0 : rest * rest;
    }

    /// <summary>A hill with a flat top: 1 inside about half the distance, 0 from distance 1 outwards.</summary>
    public static float Plateau(float x, float y = 0)
    {
        float square = (x * x) + (y * y);
        return square >= 1 ? 0 : 1f - (square * square * (3f - (2f * square)));
    }

    /// <summary>From <paramref name="a"/> (t = 0) to <paramref name="b"/> (t = 1).</summary>
    public static float Mix(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>Value to the 16th power, 0 for negative values: the shape of a highlight.</summary>
    public static float Power16(float value)
    {
        if (value <= 0) return 0;
        float p2 = value * value, p4 = p2 * p2, p8 = p4 * p4;
        return p8 * p8;
    }
}
