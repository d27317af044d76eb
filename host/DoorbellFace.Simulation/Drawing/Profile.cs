namespace DoorbellFace.Simulation.Drawing;

/// <summary>A smooth curve through given points (Catmull-Rom, so without corners); level beyond its ends.</summary>
internal sealed class Profile
{
    private readonly (float At, float Value)[] _points;

    /// <summary>Creates the curve from points in ascending order.</summary>
    public Profile(params (float At, float Value)[] points) => _points = points;

    /// <summary>The curve's height at a place.</summary>
    public float this[float at]
    {
        get
        {
            var points = _points;
            if (at <= points[0].At) return points[0].Value;
            if (at >= points[^1].At) return points[^1].Value;
            int i = 1;
            while (points[i].At < at) i++;
            (float x1, float y1) = points[i - 1];
            (float x2, float y2) = points[i];
            (float x0, float y0) = i >= 2 ? points[i - 2] : (x1 - (x2 - x1), y1);
            (float x3, float y3) = i + 1 < points.Length ? points[i + 1] : (x2 + (x2 - x1), y2);
            float width = x2 - x1, t = (at - x1) / width;
            float slope1 = (y2 - y0) / (x2 - x0) * width, slope2 = (y3 - y1) / (x3 - x1) * width;
            float t2 = t * t, t3 = t2 * t;
            return (y1 * ((2 * t3) - (3 * t2) + 1)) + (slope1 * (t3 - (2 * t2) + t)) + (y2 * ((3 * t2) - (2 * t3))) + (slope2 * (t3 - t2));
        }
    }
}
