using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// Sums over all pixels above and left of a place, and over their squares, of a picture seen through an <see cref="AffineTransform"/>: the
/// sum of any rectangle is then four look-ups. Reused from frame to frame. Both sums may wrap around; differences stay right as long as the
/// rectangle's own sum fits in 31 bits (squares: rectangles up to 181x181).
/// </summary>
/// <param name="maxWidth">Columns of the largest picture.</param>
/// <param name="maxHeight">Rows of the largest picture.</param>
/// <param name="columnStep">Windows will lie at every Nth column.</param>
internal sealed class IntegralImage(int maxWidth, int maxHeight, int columnStep)
{
    private const int FractionBits = 16;
    private const int One = 1 << FractionBits;

    private readonly int[] _sums = new int[(StrideFor(maxWidth, columnStep) * (maxHeight + 1)) + CompiledCascade.Lanes];
    private readonly int[] _squares = new int[(StrideFor(maxWidth, columnStep) * (maxHeight + 1)) + CompiledCascade.Lanes];

    /// <summary>From one row to the next; the same for every picture, so that compiled cascades stay good.</summary>
    public int Stride { get; } = StrideFor(maxWidth, columnStep);

    /// <summary>Windows lie at every Nth column.</summary>
    public int ColumnStep => columnStep;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Sum of the pixels above and left of column x, row y at [y * Stride + <see cref="Column"/>(x)].</summary>
    public ref int Sums => ref MemoryMarshal.GetArrayDataReference(_sums);

    /// <summary>The same of the squares.</summary>
    public ref int Squares => ref MemoryMarshal.GetArrayDataReference(_squares);

    /// <summary>
    /// Where a column lies in its row: with a step of 2, even columns fill the row's first half and odd ones its second, so that windows at
    /// every second column lie side by side; and so on.
    /// </summary>
    public int Column(int x) => (x % columnStep * (Stride / columnStep)) + (x / columnStep);

    /// <summary>
    /// Fills the image with what <paramref name="map"/> shows of <paramref name="gray"/>: bilinear, edge pixels continue outside.
    /// </summary>
    public void Fill(PixelBuffer gray, AffineTransform map, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, maxWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, maxHeight);
        (Width, Height) = (width, height);
        Span<byte> row = stackalloc byte[width];
        int stepX = ToFixed(map.A), stepY = ToFixed(map.C);
        for (int y = 0; y < height; y++)
        {
            (float startX, float startY) = map.Apply(0.5f, y + 0.5f);
            SampleRow(gray, ToFixed(startX - 0.5f), ToFixed(startY - 0.5f), stepX, stepY, row);
            AddRow(row, y);
        }
    }

    private static int StrideFor(int width, int columnStep) => ((width / columnStep) + 1 + CompiledCascade.Lanes) * columnStep;

    private void AddRow(ReadOnlySpan<byte> row, int y)
    {
        Span<int> above = _sums.AsSpan(y * Stride, Stride), below = _sums.AsSpan((y + 1) * Stride, Stride);
        Span<int> squaresAbove = _squares.AsSpan(y * Stride, Stride), squaresBelow = _squares.AsSpan((y + 1) * Stride, Stride);
        int sum = 0, squares = 0, part = Stride / columnStep, place = 0, phase = 0;
        for (int x = 0; x < row.Length; x++)
        {
            int pixel = row[x];
            place += part;
            if (++phase == columnStep) (phase, place) = (0, place - Stride + 1);
            sum += pixel;
            squares += pixel * pixel;
            below[place] = above[place] + sum;
            squaresBelow[place] = squaresAbove[place] + squares;
        }
    }

    private static void SampleRow(PixelBuffer gray, int x, int y, int stepX, int stepY, Span<byte> row)
    {
        int width = gray.Width, maxX = ((width - 1) << FractionBits) - 1, maxY = ((gray.Height - 1) << FractionBits) - 1;
        ref byte origin = ref MemoryMarshal.GetReference(gray.Pixels);
        for (int column = 0; column < row.Length; column++, x += stepX, y += stepY)
        {
            int insideX = x, insideY = y;
            if ((uint)x > (uint)maxX || (uint)y > (uint)maxY) (insideX, insideY) = (Math.Clamp(x, 0, maxX), Math.Clamp(y, 0, maxY));
            int weightX = (insideX & (One - 1)) >> 8, weightY = (insideY & (One - 1)) >> 8;
            ref byte corner = ref Unsafe.Add(ref origin, ((insideY >> FractionBits) * width) + (insideX >> FractionBits));
            ref byte lower = ref Unsafe.Add(ref corner, width);
            int upper = (corner << 8) + ((Unsafe.Add(ref corner, 1) - corner) * weightX);
            int under = (lower << 8) + ((Unsafe.Add(ref lower, 1) - lower) * weightX);
            row[column] = (byte)(((upper << 8) + ((under - upper) * weightY) + 32768) >> 16);
        }
    }

    private static int ToFixed(float value) => (int)MathF.Round(value * One);
}
