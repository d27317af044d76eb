using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// Looks with a cascade at every place, size and a choice of angles of one picture. A picture turned by some angle also serves for the
/// three angles that lie quarters of a circle further on, since the cascade itself is turned by quarters. Not thread-safe.
/// </summary>
internal sealed class HaarScanner
{
    /// <summary>Windows flatter than this (standard deviation of gray levels) show nothing; OpenCV's own bound.</summary>
    private const float MinDeviation = 10;

    /// <summary>
    /// Windows of the smallest sizes, which are the most, lie at every third row and column; from <see cref="LargeScale"/> picture pixels
    /// for a window pixel on at every second. Every third throughout loses faces that are hard to see (docs/results/detection.md).
    /// </summary>
    private const int SmallStep = 3, LargeStep = 2;

    /// <inheritdoc cref="SmallStep"/>
    private const float LargeScale = 1.7f;

    /// <summary>A closer look goes to every second row and column, so many window pixels beyond the window on every side.</summary>
    private const int PatchStep = 2, PatchReach = 4;

    private readonly HaarCascade[] _turned;
    private readonly int _width, _height;
    private readonly (IntegralImage Integral, CompiledCascade[] Compiled) _small, _large;
    private readonly IntegralImage _patch;
    private readonly CompiledCascade[] _patchCascades;
    private readonly int[] _passed = new int[CompiledCascade.Lanes];
    private readonly float[] _margins = new float[CompiledCascade.Lanes];

    /// <summary>Makes ready for pictures of one size.</summary>
    /// <param name="cascade">Knows upright faces.</param>
    /// <param name="width">Columns of the pictures.</param>
    /// <param name="height">Rows of the pictures.</param>
    /// <param name="minScale">The smallest step between windows' pixels that will be asked for, in picture pixels.</param>
    public HaarScanner(HaarCascade cascade, int width, int height, float minScale)
    {
        (_width, _height) = (width, height);
        _turned = [.. Enumerable.Range(0, 4).Select(cascade.Turned)];
        _small = Level(minScale, SmallStep);
        _large = Level(MathF.Max(minScale, LargeScale), LargeStep);
        _patch = new IntegralImage(cascade.WindowEdge + (2 * PatchReach), cascade.WindowEdge + (2 * PatchReach), PatchStep);
        _patchCascades = [new CompiledCascade(cascade, _patch)];
    }

    /// <summary>Whether a picture has the size that this was made for.</summary>
    public bool Fits(PixelBuffer picture) => picture.Width == _width && picture.Height == _height;

    private int WindowEdge => _turned[0].WindowEdge;

    /// <summary>Adds every window of interest at one size.</summary>
    /// <param name="pyramid">The picture and its halves.</param>
    /// <param name="scale">Picture pixels per window pixel.</param>
    /// <param name="rotation">The angle, in [0, 90) when quarters are asked for.</param>
    /// <param name="quarters">Bit i: also look at the angle i quarters of a circle further on.</param>
    /// <param name="minStages">How many stages a window must pass to be of interest.</param>
    /// <param name="hits">Gets the windows.</param>
    public void Scan(HalvedPictures pyramid, float scale, Rotation rotation, uint quarters, int minStages, List<HaarHit> hits)
    {
        (float sin, float cos) = MathF.SinCos(MathF.Abs(rotation.Radians));
        int width = (int)MathF.Ceiling(((_width * MathF.Abs(cos)) + (_height * sin)) / scale);
        int height = (int)MathF.Ceiling(((_width * sin) + (_height * MathF.Abs(cos))) / scale);
        if (Math.Min(width, height) <= WindowEdge) return;
        var toPicture = AffineTransform.TargetToSource(width, height, _width / 2f, _height / 2f, scale, rotation);
        (PixelBuffer source, float shrunk) = pyramid.For(scale);
        (IntegralImage integral, CompiledCascade[] compiled) = scale < LargeScale ? _small : _large;
        int step = integral.ColumnStep;
        integral.Fill(source, Shrunk(toPicture, shrunk), width, height);
        for (int y = 0; y + WindowEdge <= height; y += step)
        {
            (int first, int end) = CentresInside(toPicture, y + (WindowEdge / 2f), width);
            for (int x = (first + step - 1) / step * step; x < end; x += step * CompiledCascade.Lanes)
                ScanBlock(integral, compiled, x, y, end, toPicture, scale, rotation, quarters, minStages, hits);
        }
    }

    /// <summary>Looks closely around one place, at one angle and size: adds every window of interest nearby.</summary>
    public void ScanPatch(HalvedPictures pyramid, float centerX, float centerY, float scale, Rotation rotation, int minStages,
        List<HaarHit> hits)
    {
        int edge = WindowEdge + (2 * PatchReach);
        var toPicture = AffineTransform.TargetToSource(edge, edge, centerX, centerY, scale, rotation);
        (PixelBuffer source, float shrunk) = pyramid.For(scale);
        _patch.Fill(source, Shrunk(toPicture, shrunk), edge, edge);
        for (int y = 0; y <= 2 * PatchReach; y += PatchStep)
            ScanBlock(_patch, _patchCascades, 0, y, (2 * PatchReach) + 1, toPicture, scale, rotation, 1, minStages, hits);
    }

    private void ScanBlock(IntegralImage integral, CompiledCascade[] cascades, int x, int y, int end, AffineTransform toPicture,
        float scale, Rotation rotation, uint quarters, int minStages, List<HaarHit> hits)
    {
        int step = integral.ColumnStep, position = (y * integral.Stride) + (x / step), windows = (end - x + step - 1) / step;
        uint alive = windows >= CompiledCascade.Lanes ? 0xFFu : (1u << windows) - 1;
        Vector256<float> deviation = DeviationTimesArea(integral, position, ref alive);
        if (alive == 0) return;
        for (int quarter = 0; quarter < 4; quarter++)
        {
            if ((quarters & (1u << quarter)) == 0) continue;
            uint interesting = cascades[quarter].Judge(ref integral.Sums, position, deviation, alive, minStages, _passed, _margins);
            for (int lane = 0; interesting != 0; lane++, interesting >>= 1)
            {
                if ((interesting & 1) == 0) continue;
                (float centerX, float centerY) = toPicture.Apply(x + (step * lane) + (WindowEdge / 2f), y + (WindowEdge / 2f));
                hits.Add(new HaarHit(centerX, centerY, WindowEdge * scale, Rotation.FromDegrees(rotation.Degrees + (90 * quarter)),
                    _passed[lane], _margins[lane]));
            }
        }
    }

    private (IntegralImage Integral, CompiledCascade[] Compiled) Level(float leastScale, int step)
    {
        int diagonal = (int)MathF.Ceiling(MathF.Sqrt((_width * _width) + (_height * _height)) / leastScale) + 2;
        var integral = new IntegralImage(diagonal, diagonal, step);
        return (integral, [.. _turned.Select(turned => new CompiledCascade(turned, integral))]);
    }

    /// <summary>As in training, the outermost pixels of the window do not count for its contrast.</summary>
    private Vector256<float> DeviationTimesArea(IntegralImage integral, int position, ref uint alive)
    {
        int inner = WindowEdge - 2, top = position + integral.Stride, bottom = top + (inner * integral.Stride);
        int left = integral.Column(1), right = integral.Column(1 + inner);
        Vector256<float> sum = Vector256.ConvertToSingle(Rectangle(ref integral.Sums, top + left, bottom + left, right - left));
        Vector256<float> squares = Vector256.ConvertToSingle(Rectangle(ref integral.Squares, top + left, bottom + left, right - left));
        float area = inner * inner;
        Vector256<float> variance = (squares * area) - (sum * sum);
        float least = area * MinDeviation;
        alive &= Vector256.GreaterThan(variance, Vector256.Create(least * least)).ExtractMostSignificantBits();
        return Vector256.Sqrt(Vector256.Max(variance, Vector256<float>.One));
    }

    private static Vector256<int> Rectangle(ref int origin, int top, int bottom, int across)
    {
        ref int upper = ref Unsafe.Add(ref origin, top);
        ref int lower = ref Unsafe.Add(ref origin, bottom);
        return Vector256.LoadUnsafe(ref upper) - Vector256.LoadUnsafe(ref upper, (nuint)across) - Vector256.LoadUnsafe(ref lower)
            + Vector256.LoadUnsafe(ref lower, (nuint)across);
    }

    /// <summary>Columns of windows whose centres lie in the picture, in a row of windows.</summary>
    private (int First, int End) CentresInside(AffineTransform toPicture, float centerY, int width)
    {
        float half = WindowEdge / 2f, first = 0, last = width - WindowEdge;
        (float x, float y) = toPicture.Apply(half, centerY);
        Clip(x, toPicture.A, _width, ref first, ref last);
        Clip(y, toPicture.C, _height, ref first, ref last);
        return last < first ? (0, 0) : ((int)MathF.Ceiling(first), (int)MathF.Floor(last) + 1);
    }

    /// <summary>Narrows to where start + step * t lies in [0, size].</summary>
    private static void Clip(float start, float step, float size, ref float first, ref float last)
    {
        if (MathF.Abs(step) < 1e-6f)
        {
            if (start < 0 || start > size) last = -1;
            return;
        }
        float one = -start / step, other = (size - start) / step;
        first = MathF.Max(first, MathF.Min(one, other));
        last = MathF.Min(last, MathF.Max(one, other));
    }

    private static AffineTransform Shrunk(AffineTransform map, float factor) =>
        new(map.A / factor, map.B / factor, map.Tx / factor, map.C / factor, map.D / factor, map.Ty / factor);
}

/// <summary>A window that passed enough stages.</summary>
/// <param name="CenterX">In picture pixels.</param>
/// <param name="CenterY">In picture pixels.</param>
/// <param name="Edge">Edge of the window, in picture pixels.</param>
/// <param name="Rotation">How far the window is turned clockwise.</param>
/// <param name="Stages">Stages passed.</param>
/// <param name="Margin">By how much it passed the last of them.</param>
internal readonly record struct HaarHit(float CenterX, float CenterY, float Edge, Rotation Rotation, int Stages, float Margin);
