using System.Numerics;

namespace DoorbellFace.Core.Imaging;

/// <summary>What the sensor's test bars say of the eight data lines.</summary>
public enum DataLineFault
{
    /// <summary>Every bar has its level.</summary>
    None,

    /// <summary>The lines are never high: a wire is off, or touches ground.</summary>
    StuckLow,

    /// <summary>The lines are never low: a wire touches the supply.</summary>
    StuckHigh,

    /// <summary>The lines have changed places.</summary>
    Swapped,

    /// <summary>The lines carry now this, now that, where every row is the same: a loose wire.</summary>
    Unsteady,

    /// <summary>The bars are wrong in a way that no single fault explains.</summary>
    Unknown,
}

/// <summary>
/// Reads <see cref="TestBars"/> from a colour frame. In colour, because the low four bits of the bars' luma are all alike: only in U and V
/// do D0 to D3 differ, so that two of them that have changed places show.
/// </summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Lines">The lines concerned, 0 (D0) to 7 (D7), ascending; empty when nothing is wrong or it is not known what.</param>
/// <param name="LargestError">Largest distance of a level from its right value, 0 to 255.</param>
public readonly record struct TestBarsReading(DataLineFault Fault, IReadOnlyList<int> Lines, int LargestError)
{
    /// <summary>
    /// The sensor sends V where U is expected: its colours are exchanged, and no wire is at fault. Gray pictures are the same.
    /// </summary>
    public bool ChromaIsExchanged { get; init; }

    /// <summary>
    /// Another sensor's levels may differ by so much from the recorded one's and still be bars: half the distance of two bars.
    /// </summary>
    private const int Tolerance = 12;

    private const int LineCount = 8;

    private static readonly byte[] AllLevels = [.. TestBars.Luma, .. TestBars.BlueDifference, .. TestBars.RedDifference];

    /// <summary>Rows that are compared, spread over the frame.</summary>
    private const int RowsLookedAt = 16;

    /// <summary>Reads a frame.</summary>
    /// <param name="bars">A YUV422 frame as the link delivered it (00 has become 01), 32 pixels wide or more.</param>
    /// <exception cref="ArgumentException">Not YUV422, or too narrow.</exception>
    public static TestBarsReading Of(PixelBuffer bars)
    {
        if (bars.Format != PixelFormat.Yuv422 || bars.Width < 4 * TestBars.Count)
            throw new ArgumentException($"Bars are read from YUV422, {4 * TestBars.Count} pixels wide or more; this is {bars}.",
                nameof(bars));
        TestBarsReading straight = Of(bars, chromaIsExchanged: false);
        if (straight.LargestError <= Tolerance) return straight;
        TestBarsReading exchanged = Of(bars, chromaIsExchanged: true);
        return exchanged.Fault is DataLineFault.None ? exchanged with { ChromaIsExchanged = true } : straight;
    }

    private static TestBarsReading Of(PixelBuffer bars, bool chromaIsExchanged)
    {
        byte[] expected = [.. AllLevels.Where(IsTold)];
        byte[] seen = Sample(bars, bars.Height / 2, chromaIsExchanged);
        int unsteady = 0;
        for (int i = 0; i < RowsLookedAt; i++)
        {
            byte[] row = Sample(bars, ((2 * i) + 1) * bars.Height / (2 * RowsLookedAt), chromaIsExchanged);
            for (int level = 0; level < row.Length; level++) unsteady |= row[level] ^ seen[level];
        }
        int error = LargestDistance(seen, OnTheWire(expected, value => value));
        if (unsteady != 0) return new(DataLineFault.Unsteady, LinesIn(unsteady), error);
        if (error == 0) return new(DataLineFault.None, [], 0);
        if (FindStuck(expected, seen) is { } stuck) return stuck with { LargestError = error };
        if (FindSwapped(expected, seen) is { } swapped) return swapped with { LargestError = error };
        return new(error <= Tolerance ? DataLineFault.None : DataLineFault.Unknown, [], error);
    }

    private static TestBarsReading? FindStuck(byte[] expected, byte[] seen)
    {
        // The fewest lines that explain what is seen.
        foreach (int lines in Enumerable.Range(1, byte.MaxValue).OrderBy(mask => BitOperations.PopCount((uint)mask)))
        {
            if (LargestDistance(seen, OnTheWire(expected, value => (byte)(value & ~lines))) == 0)
                return new(DataLineFault.StuckLow, LinesIn(lines), 0);
            if (LargestDistance(seen, OnTheWire(expected, value => (byte)(value | lines))) == 0)
                return new(DataLineFault.StuckHigh, LinesIn(lines), 0);
        }
        return null;
    }

    /// <summary>Each line carries a pattern of its own over the levels; a pattern that appears on another line has moved there.</summary>
    private static TestBarsReading? FindSwapped(byte[] expected, byte[] seen)
    {
        int moved = 0;
        var sources = new HashSet<int>();
        for (int line = 0; line < LineCount; line++)
        {
            int source = Enumerable.Range(0, LineCount).FirstOrDefault(other => Enumerable.Range(0, seen.Length)
                .All(level => ((seen[level] >> line) & 1) == ((expected[level] >> other) & 1)), -1);
            if (source < 0 || !sources.Add(source)) return null;
            if (source != line) moved |= 1 << line;
        }
        return moved == 0 ? null : new(DataLineFault.Swapped, LinesIn(moved), 0);
    }

    /// <summary>Luma, U and V in the middle of each bar, those that tell something.</summary>
    private static byte[] Sample(PixelBuffer bars, int row, bool chromaIsExchanged)
    {
        ReadOnlySpan<byte> pixels = bars.Row(row);
        Span<byte> levels = stackalloc byte[3 * TestBars.Count];
        for (int bar = 0; bar < TestBars.Count; bar++)
        {
            int column = ((2 * bar) + 1) * bars.Width / (2 * TestBars.Count) / 2 * 2;
            levels[bar] = pixels[2 * column];
            levels[TestBars.Count + bar] = pixels[(2 * column) + (chromaIsExchanged ? 3 : 1)];
            levels[(2 * TestBars.Count) + bar] = pixels[(2 * column) + (chromaIsExchanged ? 1 : 3)];
        }
        List<byte> told = [];
        for (int level = 0; level < levels.Length; level++) if (IsTold(AllLevels[level])) told.Add(levels[level]);
        return [.. told];
    }

    /// <summary>00 travels as 01, so that these two say nothing of the lines.</summary>
    private static bool IsTold(byte level) => level > 1;

    private static byte[] OnTheWire(byte[] levels, Func<byte, byte> fault) => [.. levels.Select(level => Math.Max(fault(level), (byte)1))];

    private static int LargestDistance(byte[] first, byte[] second)
    {
        int largest = 0;
        for (int i = 0; i < first.Length; i++) largest = Math.Max(largest, Math.Abs(first[i] - second[i]));
        return largest;
    }

    private static int[] LinesIn(int mask) => [.. Enumerable.Range(0, LineCount).Where(line => (mask & (1 << line)) != 0)];
}
