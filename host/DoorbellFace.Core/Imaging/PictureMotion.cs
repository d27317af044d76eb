namespace DoorbellFace.Core.Imaging;

/// <summary>
/// Whether something moves from one picture to the next. Noise, and exposure or gain that settles, are no movement: the pictures are held
/// against each other in coarse blocks, each by how much it differs from what most of them do. Not thread-safe.
/// </summary>
public sealed class PictureMotion
{
    private const int Columns = 16, Rows = 12;

    /// <summary>So many blocks of the 192 must differ: an arm, or the edge of somebody who stands with their back to the camera.</summary>
    private const int FewestBlocks = 3;

    /// <summary>Gray levels, and parts of the level, that a block may differ by: sensor noise of 3 levels leaves 0.2 in a block.</summary>
    private const float MostLevels = 6, MostPart = 0.05f;

    /// <summary>Whatever light there was, a block outside of these is black or white.</summary>
    private const float Black = 4, White = 250;

    private float[]? _before;

    /// <summary>Looks at a picture of any format; 16 x 12 pixels at least.</summary>
    /// <returns>Something has moved since the one before; false for the first.</returns>
    public bool Look(PixelBuffer picture)
    {
        float[] now = Levels(PixelConversion.ToGray8(picture));
        float[]? before = _before;
        _before = now;
        return before is not null && Differ(before, now);
    }

    /// <summary>The next picture is the first.</summary>
    public void Forget() => _before = null;

    private static bool Differ(float[] before, float[] now)
    {
        int[] lit = [.. Enumerable.Range(0, now.Length).Where(block => IsLit(before[block]) && IsLit(now[block]))];
        if (lit.Length == 0) return false;
        // What exposure and gain do, they do to all blocks.
        float light = lit.Select(block => now[block] / before[block]).Order().ElementAt(lit.Length / 2);
        return lit.Count(block => Math.Abs((now[block] / light) - before[block]) > MostLevels + (MostPart * before[block])) >= FewestBlocks;
    }

    private static bool IsLit(float level) => level is > Black and < White;

    private static float[] Levels(PixelBuffer gray)
    {
        var levels = new float[Columns * Rows];
        for (int block = 0; block < levels.Length; block++)
        {
            (int row, int column) = Math.DivRem(block, Columns);
            (int top, int bottom) = (row * gray.Height / Rows, (row + 1) * gray.Height / Rows);
            (int left, int right) = (column * gray.Width / Columns, (column + 1) * gray.Width / Columns);
            long sum = 0;
            for (int y = top; y < bottom; y++)
                foreach (byte level in gray.Row(y)[left..right]) sum += level;
            levels[block] = (float)sum / ((bottom - top) * (right - left));
        }
        return levels;
    }
}
