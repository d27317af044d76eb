using DoorbellFace.Core.Faces;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>A place on the head.</summary>
/// <param name="U">To the picture's right, from between the eyes, in distances between them.</param>
/// <param name="V">Down, in distances from eyes to mouth.</param>
/// <param name="Depth">Towards the viewer from the plane of eyes and mouth, in distances between the eyes.</param>
internal readonly record struct HeadPoint(float U, float V, float Depth = 0)
{
    /// <summary>The same place on the other side.</summary>
    public HeadPoint Mirrored => this with { U = -U };
}

/// <summary>A line through places of a picture, closed or not, rounded between them, that knows how far anything is from it.</summary>
internal sealed class FaceOutline
{
    private const int StepsBetween = 7;

    private readonly FacePoint[] _points;
    private readonly bool _isClosed;

    /// <param name="places">In pixels; a Catmull-Rom spline goes through all of them.</param>
    /// <param name="isClosed">Whether it ends where it begins and has an inside.</param>
    public FaceOutline(IReadOnlyList<FacePoint> places, bool isClosed = true)
    {
        _isClosed = isClosed;
        var points = new List<FacePoint>();
        int parts = isClosed ? places.Count : places.Count - 1;
        FacePoint Place(int i) => isClosed ? places[(i + places.Count) % places.Count] : places[Math.Clamp(i, 0, places.Count - 1)];
        for (int i = 0; i < parts; i++)
        {
            for (int step = 0; step < StepsBetween; step++)
                points.Add(Between(Place(i - 1), Place(i), Place(i + 1), Place(i + 2), (float)step / StepsBetween));
        }
        if (!isClosed) points.Add(places[^1]);
        _points = [.. points];
        (Left, Right) = (_points.Min(point => point.X), _points.Max(point => point.X));
        (Top, Bottom) = (_points.Min(point => point.Y), _points.Max(point => point.Y));
    }

    /// <summary>The outermost of its points, in pixels.</summary>
    public float Left { get; }

    /// <inheritdoc cref="Left"/>
    public float Right { get; }

    /// <inheritdoc cref="Left"/>
    public float Top { get; }

    /// <inheritdoc cref="Left"/>
    public float Bottom { get; }

    /// <summary>Pixels to the line, below 0 inside.</summary>
    public float DistanceTo(float x, float y)
    {
        float least = float.MaxValue;
        // Counted by turns: where a head is turned far, the line runs back over itself, and that is inside as well.
        int turns = 0;
        int count = _points.Length;
        for (int i = 0; i < (_isClosed ? count : count - 1); i++)
        {
            FacePoint a = _points[i], b = _points[(i + 1) % count];
            float dx = b.X - a.X, dy = b.Y - a.Y, px = x - a.X, py = y - a.Y;
            float along = Math.Clamp(((px * dx) + (py * dy)) / MathF.Max((dx * dx) + (dy * dy), 1e-9f), 0, 1);
            float ex = px - (along * dx), ey = py - (along * dy);
            least = MathF.Min(least, (ex * ex) + (ey * ey));
            if ((a.Y > y) != (b.Y > y) && x < a.X + (dx * (y - a.Y) / dy)) turns += b.Y > a.Y ? 1 : -1;
        }
        float distance = MathF.Sqrt(least);
        return _isClosed && turns != 0 ? -distance : distance;
    }

    private static FacePoint Between(FacePoint before, FacePoint from, FacePoint to, FacePoint after, float t)
    {
        float At(float a, float b, float c, float d) =>
            0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));
        return new FacePoint(At(before.X, from.X, to.X, after.X), At(before.Y, from.Y, to.Y, after.Y));
    }
}
