namespace DoorbellFace.Core.Link;

/// <summary>
/// Gray rows at half their size (docs/protocol.md, "Compressed rows"): of each pixel its upper seven bits, as one of fifteen steps from the
/// pixel before, two to a byte. Costs about 36 dB; what recognition makes of it is in docs/results/firmware.md.
/// </summary>
public static class CompressedRow
{
    private const int FirstPrediction = 64, Highest = 127, CodeMask = 0x0F, EmptyCode = 8;
    private const byte ByteMask = 0x88;

    /// <summary>
    /// The size of a step, smallest first; a step also has a sign. Its lowest four bits are its code, all different, and none is 8.
    /// </summary>
    private static readonly int[] Sizes = [0, 1, 3, 7, 12, 22, 37, 62];

    private static readonly int[] StepOfCode = BuildSteps();

    /// <summary>Bytes of a row of so many pixels.</summary>
    public static int Bytes(int pixels) => pixels / 2;

    /// <summary>Turns a row's bytes into gray pixels.</summary>
    /// <param name="packed">The bytes of the packet.</param>
    /// <param name="pixels">Twice as many pixels, 0 to 255.</param>
    /// <returns>False for bytes that no encoder makes.</returns>
    /// <exception cref="ArgumentException">There is not twice as much room.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> packed, Span<byte> pixels)
    {
        if (pixels.Length != packed.Length * 2)
            throw new ArgumentException($"{packed.Length} bytes are {packed.Length * 2} pixels, not {pixels.Length}.", nameof(pixels));
        int level = FirstPrediction;
        for (int i = 0; i < pixels.Length; i++)
        {
            int both = packed[i / 2] ^ ByteMask, code = i % 2 == 0 ? both & CodeMask : both >> 4;
            level += StepOfCode[code];
            if (code == EmptyCode || level is < 0 or > Highest) return false;
            pixels[i] = (byte)((level << 1) | (level >> 6));
        }
        return true;
    }

    /// <summary>Packs an even number of gray pixels, as the device does.</summary>
    /// <param name="pixels">The row.</param>
    /// <param name="packed">Half as many bytes; none becomes 00.</param>
    public static void Encode(ReadOnlySpan<byte> pixels, Span<byte> packed)
    {
        int level = FirstPrediction, even = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            int step = LargestStepTo((pixels[i] >> 1) - level);
            level += step;
            if (i % 2 == 0) even = step & CodeMask;
            else packed[i / 2] = (byte)((even | ((step & CodeMask) << 4)) ^ ByteMask);
        }
    }

    /// <summary>Never past the pixel, so that the level stays within its seven bits.</summary>
    private static int LargestStepTo(int difference)
    {
        int size = Sizes[^1];
        for (int i = Sizes.Length - 1; size > Math.Abs(difference); i--) size = Sizes[i];
        return difference < 0 ? -size : size;
    }

    private static int[] BuildSteps()
    {
        var steps = new int[CodeMask + 1];
        foreach (int size in Sizes) (steps[size & CodeMask], steps[-size & CodeMask]) = (size, -size);
        return steps;
    }
}
