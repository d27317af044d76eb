using System.Diagnostics.CodeAnalysis;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision;

/// <summary>What came of reading a picture file: the picture, or the reason why there is none; exactly one of the two.</summary>
public readonly record struct PictureReading
{
    private PictureReading(PixelBuffer? picture, string? reason)
    {
        Picture = picture;
        Reason = reason;
    }

    /// <summary>The picture, Rgb24; null when the file could not be used.</summary>
    public PixelBuffer? Picture { get; }

    /// <summary>Why the file could not be used, a whole sentence that names it; null when it could.</summary>
    public string? Reason { get; }

    /// <summary>Whether there is a picture.</summary>
    [MemberNotNullWhen(true, nameof(Picture))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool Succeeded => Picture is not null;

    internal static PictureReading Of(PixelBuffer picture) => new(picture, null);

    internal static PictureReading Unusable(string reason) => new(null, reason);
}
