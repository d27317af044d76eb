using System.Runtime.InteropServices;
using DoorbellFace.Core.Imaging;
using SkiaSharp;

namespace DoorbellFace.Vision.Pictures;

/// <summary>JPEG, PNG, WebP, BMP and GIF through Skia's decoders, which know large pictures' reduced sizes.</summary>
internal static class SkiaDecoder
{
    /// <summary>The rows that a JPEG keeps back until it sees its end marker.</summary>
    private const int JpegBlockRows = 16;

    /// <summary>Decodes a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="mostPixels">More are refused.</param>
    public static unsafe DecodedPicture Decode(byte[] content, long mostPixels)
    {
        fixed (byte* bytes = content)
        {
            using SKData data = SKData.Create((nint)bytes, content.Length);
            using SKCodec? codec = SKCodec.Create(data);
            if (codec is null) return DecodedPicture.Unsupported;
            SKImageInfo info = codec.Info;
            if (PictureLimits.Problem(info.Width, info.Height, mostPixels) is { } problem) return DecodedPicture.Refused(problem);
            if (codec.EncodedFormat is SKEncodedImageFormat.Png && !PngHeader.CanBeWhole(content)) return DecodedPicture.Damaged;
            if (codec.EncodedFormat is not SKEncodedImageFormat.Jpeg) return DecodeWhole(codec);
            DecodedPicture picture = DecodeRows(codec, out int missing);
            // Cameras that lose power, and some programs, leave the end marker out: nothing of the picture is missing then.
            return missing is > 0 and <= JpegBlockRows ? DecodeWithEnd(content) : picture;
        }
    }

    private static unsafe DecodedPicture DecodeWithEnd(byte[] content)
    {
        fixed (byte* bytes = (byte[])[.. content, 0xFF, 0xD9])
        {
            using SKData data = SKData.Create((nint)bytes, content.Length + 2);
            using SKCodec? codec = SKCodec.Create(data);
            return codec is null ? DecodedPicture.Damaged : DecodeRows(codec, out _);
        }
    }

    /// <summary>A JPEG, row by row, so that it is known how much of it is there.</summary>
    private static DecodedPicture DecodeRows(SKCodec codec, out int missing)
    {
        SKImageInfo info = ReadAs(codec, ReducedSize(codec));
        using var pixels = new NativePixels(info);
        missing = 0;
        if (codec.StartScanlineDecode(info) != SKCodecResult.Success) return DecodedPicture.Damaged;
        missing = info.Height - codec.GetScanlines(pixels.Pointer, info.Height, info.RowBytes);
        return missing > 0 ? DecodedPicture.Damaged : new DecodedPicture(pixels.ToRgb24(divisor: 1), (int)codec.EncodedOrigin, null);
    }

    private static DecodedPicture DecodeWhole(SKCodec codec)
    {
        // WebP is reduced by its decoder, the others afterwards.
        SKSizeI size = codec.EncodedFormat == SKEncodedImageFormat.Webp ? ReducedSize(codec) : codec.Info.Size;
        SKImageInfo info = ReadAs(codec, size);
        using var pixels = new NativePixels(info);
        return codec.GetPixels(info, pixels.Pointer) == SKCodecResult.Success
            ? new DecodedPicture(pixels.ToRgb24(PictureLimits.Divisor(info.Width, info.Height)), (int)codec.EncodedOrigin, null)
            : DecodedPicture.Damaged;
    }

    /// <summary>
    /// Unpremultiplied, so that a transparent pixel keeps its colour; without a colour space, so that nothing is converted.
    /// </summary>
    private static SKImageInfo ReadAs(SKCodec codec, SKSizeI size) =>
        new(size.Width, size.Height, SKColorType.Rgba8888,
            codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);

    /// <summary>The largest of the decoder's own sizes that is small enough; a JPEG has eighths.</summary>
    private static SKSizeI ReducedSize(SKCodec codec)
    {
        for (int eighths = 8; ; eighths--)
        {
            SKSizeI size = eighths == 8 ? codec.Info.Size : codec.GetScaledDimensions(eighths / 8f);
            if ((long)size.Width * size.Height <= PictureLimits.MostKeptPixels || eighths == 1) return size;
        }
    }

    /// <summary>Rgba8888 outside of the managed heap, where a large picture would stay long after its use.</summary>
    private sealed unsafe class NativePixels(SKImageInfo info) : IDisposable
    {
        private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed((nuint)info.BytesSize64);

        public nint Pointer => (nint)_bytes;

        /// <summary>Without alpha, each pixel the mean of a square of so many a side.</summary>
        public PixelBuffer ToRgb24(int divisor)
        {
            int width = Math.Max(1, info.Width / divisor), height = Math.Max(1, info.Height / divisor);
            var rgb = new byte[width * height * 3];
            int at = 0;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++, at += 3)
                {
                    byte* pixel = _bytes + (((long)y * divisor * info.RowBytes) + ((long)x * divisor * 4));
                    if (divisor == 1) (rgb[at], rgb[at + 1], rgb[at + 2]) = (pixel[0], pixel[1], pixel[2]);
                    else (rgb[at], rgb[at + 1], rgb[at + 2]) = Mean(pixel, divisor);
                }
            }
            return new PixelBuffer(width, height, PixelFormat.Rgb24, rgb);
        }

        public void Dispose() => NativeMemory.Free(_bytes);

        private (byte Red, byte Green, byte Blue) Mean(byte* corner, int divisor)
        {
            int columns = Math.Min(divisor, info.Width), rows = Math.Min(divisor, info.Height), count = columns * rows;
            int red = count / 2, green = red, blue = red;
            for (int y = 0; y < rows; y++)
            {
                byte* pixel = corner + ((long)y * info.RowBytes);
                for (int x = 0; x < columns; x++, pixel += 4)
                {
                    red += pixel[0];
                    green += pixel[1];
                    blue += pixel[2];
                }
            }
            return ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
        }
    }
}
