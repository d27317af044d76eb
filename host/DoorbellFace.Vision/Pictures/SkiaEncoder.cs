using DoorbellFace.Core.Imaging;
using SkiaSharp;

namespace DoorbellFace.Vision.Pictures;

/// <summary>PNG and JPEG files, written by Skia.</summary>
internal static class SkiaEncoder
{
    /// <summary>Of 100; small enough a loss that a face's embedding does not notice.</summary>
    private const int JpegQuality = 95;

    private const int FastCompression = 3;

    /// <summary>As PNG; Gray8 stays gray.</summary>
    public static byte[] Png(PixelBuffer picture) =>
        Encode(picture, (pixels, stream) =>
            pixels.Encode(stream, new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub | SKPngEncoderFilterFlags.Up, FastCompression)));

    /// <summary>As JPEG; Gray8 stays gray.</summary>
    public static byte[] Jpeg(PixelBuffer picture) =>
        Encode(picture, (pixels, stream) =>
            pixels.Encode(stream,
                new SKJpegEncoderOptions(JpegQuality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)));

    /// <summary>The picture as Skia wants it: Gray8, or Rgba8888 with nothing transparent.</summary>
    public static SKBitmap ToBitmap(PixelBuffer picture)
    {
        bool gray = picture.Format == PixelFormat.Gray8;
        PixelBuffer source = gray ? picture : PixelConversion.ToRgb24(picture);
        var bitmap = new SKBitmap(source.Width, source.Height, gray ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        Span<byte> target = bitmap.GetPixelSpan();
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Row(y);
            Span<byte> to = target.Slice(y * bitmap.RowBytes, bitmap.RowBytes);
            if (gray)
            {
                from.CopyTo(to);
                continue;
            }
            for (int x = 0; x < source.Width; x++)
            {
                from.Slice(3 * x, 3).CopyTo(to[(4 * x)..]);
                to[(4 * x) + 3] = 255;
            }
        }
        return bitmap;
    }

    private static byte[] Encode(PixelBuffer picture, Func<SKPixmap, Stream, bool> encode)
    {
        using SKBitmap bitmap = ToBitmap(picture);
        using SKPixmap pixels = bitmap.PeekPixels();
        using var stream = new MemoryStream();
        return encode(pixels, stream) ? stream.ToArray() : throw new InvalidOperationException($"Skia cannot encode {picture}.");
    }
}
