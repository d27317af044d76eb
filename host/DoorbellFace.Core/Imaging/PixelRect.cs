namespace DoorbellFace.Core.Imaging;

/// <summary>
/// A rectangle of whole pixels; x to the right, y down, from the top left corner of the frame it lies in. It may reach over the edge.
/// </summary>
/// <param name="X">Left column.</param>
/// <param name="Y">Top row.</param>
/// <param name="Width">Columns, 0 or more.</param>
/// <param name="Height">Rows, 0 or more.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>First column right of the rectangle.</summary>
    public int Right => X + Width;

    /// <summary>First row below the rectangle.</summary>
    public int Bottom => Y + Height;

    /// <summary>Pixels inside.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Horizontal centre, in pixels.</summary>
    public float CenterX => X + (Width / 2f);

    /// <summary>Vertical centre, in pixels.</summary>
    public float CenterY => Y + (Height / 2f);

    /// <summary>Whether a pixel lies inside.</summary>
    public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

    /// <summary>The part that both rectangles share; empty (0 x 0) when they do not meet.</summary>
    public PixelRect Intersect(PixelRect other)
    {
        int left = Math.Max(X, other.X), top = Math.Max(Y, other.Y);
        int right = Math.Min(Right, other.Right), bottom = Math.Min(Bottom, other.Bottom);
        return right > left && bottom > top ? new PixelRect(left, top, right - left, bottom - top) : default;
    }

    /// <summary>Intersection over union (IoU): 0 apart, 1 the same.</summary>
    public float IntersectionOverUnion(PixelRect other)
    {
        long shared = Intersect(other).Area;
        return shared == 0 ? 0 : (float)shared / (Area + other.Area - shared);
    }

    /// <summary>A square of side <paramref name="edge"/> around a point.</summary>
    public static PixelRect SquareAround(float centerX, float centerY, float edge)
    {
        int side = (int)MathF.Round(edge);
        return new PixelRect((int)MathF.Round(centerX - (side / 2f)), (int)MathF.Round(centerY - (side / 2f)), side, side);
    }
}
