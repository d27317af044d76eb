namespace DoorbellFace.Core.Imaging;

/// <summary>What is to be thought of a picture's light.</summary>
public enum LightVerdict
{
    /// <summary>Light and dark are there, and neither is all.</summary>
    Right,

    /// <summary>Nothing but black.</summary>
    Black,

    /// <summary>Nothing but white.</summary>
    White,

    /// <summary>One gray everywhere: something lies over the lens, or there is fog on it.</summary>
    Flat,

    /// <summary>Darker than a face is recognised in.</summary>
    Dark,

    /// <summary>So bright that faces lose their features.</summary>
    Bright,
}

/// <summary>How the levels of a picture are spread, from 0 (black) to 255 (white).</summary>
/// <param name="Mean">Mean level.</param>
/// <param name="Dark">The level that a twentieth of the pixels stay below.</param>
/// <param name="Bright">The level that a twentieth of the pixels exceed.</param>
public readonly record struct PictureLight(double Mean, int Dark, int Bright)
{
    // The edges are wide of what photos of people show (LFW, Caltech): a picture that is told of is one that helps nobody.
    private const int BlackBelow = 24, WhiteAbove = 232, FlatBelow = 24, DarkBelow = 50, BrightAbove = 210;

    /// <summary>What is to be thought of it.</summary>
    public LightVerdict Verdict =>
        Bright < BlackBelow ? LightVerdict.Black
        : Dark > WhiteAbove ? LightVerdict.White
        : Bright - Dark < FlatBelow ? LightVerdict.Flat
        : Mean < DarkBelow ? LightVerdict.Dark
        : Mean > BrightAbove ? LightVerdict.Bright
        : LightVerdict.Right;

    /// <summary>Measures a picture of any format.</summary>
    public static PictureLight Of(PixelBuffer picture)
    {
        ReadOnlySpan<byte> pixels = PixelConversion.ToGray8(picture).Pixels;
        Span<int> counts = stackalloc int[256];
        long sum = 0;
        foreach (byte level in pixels)
        {
            counts[level]++;
            sum += level;
        }
        int twentieth = pixels.Length / 20;
        int dark = 0, bright = 255;
        for (int below = counts[0]; below <= twentieth && dark < 255; below += counts[dark]) dark++;
        for (int above = counts[255]; above <= twentieth && bright > 0; above += counts[bright]) bright--;
        return new PictureLight((double)sum / pixels.Length, dark, bright);
    }
}
