using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision.Pictures;

/// <summary>
/// What a decoder made of a file's bytes: the picture as it is stored and how to hold it, or a problem; or neither, where the decoder does
/// not know this variant of the format.
/// </summary>
/// <param name="Picture">Rgb24, not yet turned; null with a problem.</param>
/// <param name="Orientation">EXIF's number, 1 (upright) to 8.</param>
/// <param name="Problem">For behind the file's name in a sentence.</param>
internal readonly record struct DecodedPicture(PixelBuffer? Picture, int Orientation, string? Problem)
{
    /// <summary>The decoder does not know this variant.</summary>
    public static DecodedPicture Unsupported => default;

    /// <summary>The file ends too soon or holds nonsense.</summary>
    public static DecodedPicture Damaged => Refused("is damaged or was not copied to its end; it holds no whole picture.");

    /// <summary>The picture cannot be used.</summary>
    public static DecodedPicture Refused(string problem) => new(null, 0, problem);
}
