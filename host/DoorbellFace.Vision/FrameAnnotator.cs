using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision.Pictures;
using SkiaSharp;

namespace DoorbellFace.Vision;

/// <summary>Draws what was recognised onto a frame, for people who look at it.</summary>
public static class FrameAnnotator
{
    private const int Enlargement = 2;
    private const int CaptionHeight = 40, CaptionIndent = 10, CaptionBaseline = 27;
    private const int LineWidth = 2;

    private static readonly SKColor BoxColor = new(80, 255, 120), BandColor = new(32, 32, 32);

    /// <summary>The frame, enlarged twice, with the face's box at its angle and a caption on a band below.</summary>
    /// <param name="frame">Any format.</param>
    /// <param name="face">The face to mark, or null.</param>
    /// <param name="caption">A short text in any script for which a font is installed.</param>
    /// <returns>Rgb24.</returns>
    public static PixelBuffer Annotate(PixelBuffer frame, FaceDetection? face, string caption)
    {
        int width = frame.Width * Enlargement, height = frame.Height * Enlargement;
        using var bitmap = new SKBitmap(width, height + CaptionHeight, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(BandColor);
        using (SKBitmap small = SkiaEncoder.ToBitmap(PixelConversion.ToRgb24(frame)))
        using (var image = SKImage.FromBitmap(small))
            canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKCubicResampler.CatmullRom));
        if (face is { } found) DrawBox(canvas, found);
        Caption.Draw(canvas, caption, CaptionIndent, height + CaptionBaseline);
        canvas.Flush();
        return ToRgb24(bitmap);
    }

    private static void DrawBox(SKCanvas canvas, FaceDetection face)
    {
        float half = Enlargement * face.Box.Width / 2f;
        using var paint = new SKPaint { Color = BoxColor, Style = SKPaintStyle.Stroke, StrokeWidth = LineWidth, IsAntialias = true };
        canvas.Save();
        canvas.Translate(face.Box.CenterX * Enlargement, face.Box.CenterY * Enlargement);
        canvas.RotateDegrees(face.Rotation.Degrees);
        canvas.DrawRect(-half, -half, 2 * half, 2 * half, paint);
        canvas.Restore();
    }

    private static PixelBuffer ToRgb24(SKBitmap bitmap)
    {
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (int y = 0, at = 0; y < bitmap.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Slice(y * bitmap.RowBytes, bitmap.RowBytes);
            for (int x = 0; x < bitmap.Width; x++, at += 3) row.Slice(4 * x, 3).CopyTo(rgb.AsSpan(at));
        }
        return new PixelBuffer(bitmap.Width, bitmap.Height, PixelFormat.Rgb24, rgb);
    }
}
