namespace DoorbellFace.Vision.Pictures;

/// <summary>The kinds of picture files that are read. What is none of these is never handed to a decoder.</summary>
internal enum PictureFormat
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>JPEG, also as .jfif and .jpe.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>GIF; its first picture counts.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF; its first page counts.</summary>
    Tiff,

    /// <summary>HEIF with HEVC inside: what telephones have saved since 2017.</summary>
    Heic,

    /// <summary>HEIF with AV1 inside.</summary>
    Avif,
}
