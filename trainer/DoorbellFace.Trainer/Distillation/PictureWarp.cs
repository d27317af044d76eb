using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// Bends a square gray picture: where each pixel comes from is computed for the corners of a lattice and runs evenly between them. One pass
/// over the pixels, however many turns, shifts and bends are put together, so that nothing is blurred twice.
/// </summary>
internal sealed class PictureWarp
{
    private const int Cells = 10, Corners = Cells + 1;

    private readonly int _edge;
    private readonly float[] _x = new float[Corners * Corners], _y = new float[Corners * Corners];

    /// <summary>Prepares a warp.</summary>
    /// <param name="edge">Edge of source and target in pixels; a multiple of 10.</param>
    /// <param name="source">The place in the source that comes to lie at a place of the target, both in pixels.</param>
    public PictureWarp(int edge, Func<float, float, (float X, float Y)> source)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(edge);
        if (edge % Cells != 0) throw new ArgumentException($"The edge must be a multiple of {Cells} pixels; it is {edge}.", nameof(edge));
        _edge = edge;
        float cell = (float)edge / Cells;
        for (int row = 0; row < Corners; row++)
        {
            for (int column = 0; column < Corners; column++)
                (_x[(row * Corners) + column], _y[(row * Corners) + column]) = source(column * cell, row * cell);
        }
    }

    /// <summary>The bent picture. Beyond the source's edge its edge pixels continue.</summary>
    /// <param name="picture">Gray8, with the edge that was prepared for.</param>
    public byte[] Sample(PixelBuffer picture)
    {
        if (picture.Format != PixelFormat.Gray8 || picture.Width != _edge || picture.Height != _edge)
            throw new ArgumentException($"Expected a gray picture of {_edge}x{_edge} pixels; this is {picture}.", nameof(picture));
        var target = new byte[_edge * _edge];
        ReadOnlySpan<byte> pixels = picture.Pixels;
        int cell = _edge / Cells;
        for (int y = 0; y < _edge; y++)
        {
            float down = (y + 0.5f) / cell;
            int upper = Math.Min((int)down, Cells - 1) * Corners;
            down -= upper / Corners;
            for (int column = 0; column < Cells; column++)
            {
                float leftX = Between(_x, upper + column, down), leftY = Between(_y, upper + column, down);
                float stepX = (Between(_x, upper + column + 1, down) - leftX) / cell,
                    stepY = (Between(_y, upper + column + 1, down) - leftY) / cell;
                Span<byte> run = target.AsSpan((y * _edge) + (column * cell), cell);
                for (int i = 0; i < cell; i++)
                    run[i] = PixelAt(pixels, leftX + (stepX * (i + 0.5f)) - 0.5f, leftY + (stepY * (i + 0.5f)) - 0.5f);
            }
        }
        return target;
    }

    private static float Between(float[] corners, int upper, float down) =>
        corners[upper] + (down * (corners[upper + Corners] - corners[upper]));

    private byte PixelAt(ReadOnlySpan<byte> pixels, float x, float y)
    {
        int last = _edge - 1;
        x = Math.Clamp(x, 0, last);
        y = Math.Clamp(y, 0, last);
        int left = Math.Min((int)x, last - 1), top = Math.Min((int)y, last - 1), at = (top * _edge) + left;
        float right = x - left, bottom = y - top;
        float above = pixels[at] + (right * (pixels[at + 1] - pixels[at])),
            below = pixels[at + _edge] + (right * (pixels[at + _edge + 1] - pixels[at + _edge]));
        return (byte)(above + (bottom * (below - above)) + 0.5f);
    }
}
