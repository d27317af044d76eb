using System.Globalization;

namespace DoorbellFace.Vision.Pictures;

/// <summary>
/// What a picture may cost, known from its header before it is paid: 88 kB of PNG can ask for two gigabytes. The limits let pass what
/// telephones and cameras make.
/// </summary>
internal static class PictureLimits
{
    /// <summary>Largest file.</summary>
    public const long MostFileBytes = 128 << 20;

    /// <summary>Largest picture of most kinds: a camera of 61 megapixels.</summary>
    public const long MostPixels = 64_000_000;

    /// <summary>
    /// Largest PNG, GIF or BMP: a page scanned at 600 dots an inch. They are small for what they show, and are reduced only after all of
    /// their pixels lie in memory, so that they are what an attacker would choose.
    /// </summary>
    public const long MostPlainPixels = 36_000_000;

    /// <summary>
    /// Largest JPEG whose rows come one after the other, so that it can be reduced while it is read: a telephone of 200 megapixels.
    /// </summary>
    public const long MostSequentialJpegPixels = 256_000_000;

    /// <summary>Longest side.</summary>
    public const int LongestSidePixels = 32_768;

    /// <summary>
    /// Larger pictures are reduced until they have no more pixels than this. Faces are searched at 640 pixels and aligned to 112, so that a
    /// face which can be found has more pixels than are looked at.
    /// </summary>
    public const long MostKeptPixels = 16_000_000;

    /// <summary>What is wrong with a picture of this size, for behind the file's name in a sentence; null if it may be read.</summary>
    public static string? Problem(long width, long height, long mostPixels)
    {
        if (width <= 0 || height <= 0) return "holds a picture without pixels.";
        if (width <= LongestSidePixels && height <= LongestSidePixels && width * height <= mostPixels) return null;
        string size =
            string.Create(CultureInfo.InvariantCulture, $"holds a picture of {width:N0} x {height:N0} pixels, which is too large.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{size} Expected at most {mostPixels / 1_000_000} million pixels of this kind of file and no side above "
            + $"{LongestSidePixels:N0}; save it smaller.");
    }

    /// <summary>By which whole number both sides are divided so that few enough pixels are left; 1 for most pictures.</summary>
    public static int Divisor(long width, long height) =>
        Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)(width * height) / MostKeptPixels)));
}
