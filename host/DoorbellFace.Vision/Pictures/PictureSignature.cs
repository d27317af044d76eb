using System.Buffers.Binary;

namespace DoorbellFace.Vision.Pictures;

/// <summary>Tells a picture file's format by its first bytes: names lie (a HEIC that is called .jpg, a text that is called .png).</summary>
internal static class PictureSignature
{
    /// <summary>Bytes that suffice to tell.</summary>
    public const int Length = 64;

    /// <summary>The formats as a sentence lists them.</summary>
    public const string KnownFormats = "JPEG, PNG, HEIC, AVIF, WebP, TIFF, BMP, GIF";

    /// <summary>The format, or Unknown.</summary>
    /// <param name="start">The first <see cref="Length"/> bytes of a file, or all of a shorter one.</param>
    public static PictureFormat Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return PictureFormat.Jpeg;
        if (start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']))
            return PictureFormat.Png;
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return PictureFormat.Gif;
        if (start.StartsWith("RIFF"u8) && At(start, 8, "WEBP"u8)) return PictureFormat.WebP;
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8))
            return PictureFormat.Tiff;
        if (start.StartsWith("BM"u8) && start.Length >= 26 && start[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124)
            return PictureFormat.Bmp;
        return At(start, 4, "ftyp"u8) ? OfBrands(start) : PictureFormat.Unknown;
    }

    /// <summary>
    /// The main brand decides; a file that only says "some HEIF" (mif1) is told by the brands it claims to be compatible with.
    /// </summary>
    private static PictureFormat OfBrands(ReadOnlySpan<byte> start)
    {
        int end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
        {
            ReadOnlySpan<byte> brand = start.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return PictureFormat.Avif;
            if (brand[..3].SequenceEqual("hei"u8) || brand[..3].SequenceEqual("hev"u8)) return PictureFormat.Heic;
        }
        return At(start, 8, "mif1"u8) ? PictureFormat.Heic : PictureFormat.Unknown;
    }

    private static bool At(ReadOnlySpan<byte> start, int offset, ReadOnlySpan<byte> expected) =>
        start.Length >= offset + expected.Length && start[offset..].StartsWith(expected);
}
