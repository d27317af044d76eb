using System.Buffers;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// What is nearest at each sample of a picture: its depth, its triangle, and where in the triangle. Dispose it to give the memory back.
/// </summary>
internal sealed class DepthBuffer : IDisposable
{
    private const int TriangleBits = 20;

    private readonly float[] _depths;
    private readonly int[] _triangles;
    private readonly float[] _seconds;
    private readonly float[] _thirds;

    public DepthBuffer(int width, int height)
    {
        Width = width;
        Height = height;
        _depths = ArrayPool<float>.Shared.Rent(width * height);
        _triangles = ArrayPool<int>.Shared.Rent(width * height);
        _seconds = ArrayPool<float>.Shared.Rent(width * height);
        _thirds = ArrayPool<float>.Shared.Rent(width * height);
        Array.Fill(_depths, float.NegativeInfinity, 0, width * height);
    }

    public int Width { get; }

    public int Height { get; }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_depths);
        ArrayPool<int>.Shared.Return(_triangles);
        ArrayPool<float>.Shared.Return(_seconds);
        ArrayPool<float>.Shared.Return(_thirds);
    }

    /// <summary>Depth at a sample; negative infinity where there is nothing.</summary>
    public float DepthAt(int column, int row) => _depths[(row * Width) + column];

    /// <summary>The surface at a sample and the weights of the triangle's second and third corner; false where there is nothing.</summary>
    public bool TryGet(int column, int row, out int mesh, out int triangle, out float second, out float third)
    {
        int at = (row * Width) + column;
        mesh = triangle = 0;
        second = _seconds[at];
        third = _thirds[at];
        if (float.IsNegativeInfinity(_depths[at])) return false;
        mesh = _triangles[at] >> TriangleBits;
        triangle = _triangles[at] & ((1 << TriangleBits) - 1);
        return true;
    }

    /// <summary>Draws a surface. Its places are multiplied by <paramref name="scale"/> to become samples.</summary>
    public void Draw(PlacedMesh placed, int meshIndex, float scale)
    {
        int[] corners = placed.Mesh.Corners;
        Point3[] paint = placed.Mesh.Paint;
        Func<Point3, bool>? isCut = placed.Mesh.IsCutAt;
        bool isSolid = placed.Mesh.IsSolid;
        Point3[] places = Array.ConvertAll(placed.Places, p => p * scale);
        for (int triangle = 0; triangle < corners.Length / 3; triangle++)
        {
            int ia = corners[3 * triangle], ib = corners[(3 * triangle) + 1], ic = corners[(3 * triangle) + 2];
            Point3 a = places[ia], b = places[ib], c = places[ic];
            float abX = b.X - a.X, abY = b.Y - a.Y, acX = c.X - a.X, acY = c.Y - a.Y;
            float area = (abX * acY) - (abY * acX);
            // Corners run the other way round where a surface faces away.
            if (MathF.Abs(area) < 1e-7f || (isSolid && area < 0)) continue;
            int left = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.X, MathF.Min(b.X, c.X)) - 0.5f));
            int right = Math.Min(Width - 1, (int)MathF.Floor(MathF.Max(a.X, MathF.Max(b.X, c.X)) - 0.5f));
            int top = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.Y, MathF.Min(b.Y, c.Y)) - 0.5f));
            int bottom = Math.Min(Height - 1, (int)MathF.Floor(MathF.Max(a.Y, MathF.Max(b.Y, c.Y)) - 0.5f));
            if (left > right || top > bottom) continue;
            float inverse = 1 / area;
            int id = (meshIndex << TriangleBits) | triangle;
            for (int row = top; row <= bottom; row++)
            {
                float py = row + 0.5f - a.Y;
                for (int column = left; column <= right; column++)
                {
                    float px = column + 0.5f - a.X;
                    float second = ((px * acY) - (py * acX)) * inverse, third = ((abX * py) - (abY * px)) * inverse;
                    if (second < 0 || third < 0 || second + third > 1) continue;
                    float depth = a.Z + (second * (b.Z - a.Z)) + (third * (c.Z - a.Z));
                    int at = (row * Width) + column;
                    if (depth <= _depths[at]) continue;
                    if (isCut is not null && isCut(paint[ia] + ((paint[ib] - paint[ia]) * second) + ((paint[ic] - paint[ia]) * third)))
                        continue;
                    _depths[at] = depth;
                    _triangles[at] = id;
                    _seconds[at] = second;
                    _thirds[at] = third;
                }
            }
        }
    }
}
