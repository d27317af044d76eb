using System.Globalization;
using System.Text;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.Vision;

/// <summary>Draws what was recognised onto a frame, for people who look at it.</summary>
public static class FrameAnnotator
{
    private const int Enlargement = 2;
    private const int CaptionHeight = 40;

    private static readonly Scalar BoxColor = new(120, 255, 80);

    /// <summary>The frame, enlarged twice, with the face's box at its angle and a caption on a band below.</summary>
    /// <param name="frame">Any format.</param>
    /// <param name="face">The face to mark, or null.</param>
    /// <param name="caption">A short text; letters outside ASCII lose their accents, as the built-in font has none.</param>
    /// <returns>Rgb24.</returns>
    public static PixelBuffer Annotate(PixelBuffer frame, FaceDetection? face, string caption)
    {
        PixelBuffer rgb = PixelConversion.ToRgb24(frame);
        int width = rgb.Width * Enlargement, height = rgb.Height * Enlargement;
        using Mat small = Mat.FromPixelData(rgb.Height, rgb.Width, MatType.CV_8UC3, rgb.Pixels.ToArray());
        using var canvas = new Mat(height + CaptionHeight, width, MatType.CV_8UC3, new Scalar(32, 32, 32));
        using (var area = new Mat(canvas, new Rect(0, 0, width, height)))
        {
            Cv2.Resize(small, area, new Size(width, height), interpolation: InterpolationFlags.Cubic);
        }
        if (face is { } found) DrawBox(canvas, found);
        Cv2.PutText(canvas, ToAscii(caption), new Point(10, height + 27), HersheyFonts.HersheyDuplex, 0.75, Scalar.White, 1, LineTypes.AntiAlias);
        canvas.GetArray(out Vec3b[] pixels);
        var bytes = new byte[pixels.Length * 3];
        for (int i = 0; i < pixels.Length; i++) (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) = (pixels[i].Item0, pixels[i].Item1, pixels[i].Item2);
        return new PixelBuffer(width, height + CaptionHeight, PixelFormat.Rgb24, bytes);
    }

    private static void DrawBox(Mat canvas, FaceDetection face)
    {
        float half = face.Box.Width / 2f;
        var center = new Point2f(face.Box.CenterX * Enlargement, face.Box.CenterY * Enlargement);
        (float sin, float cos) = MathF.SinCos(face.Rotation.Radians);
        Point Corner(float x, float y) => new(
            (int)(center.X + (Enlargement * half * ((x * cos) - (y * sin)))), (int)(center.Y + (Enlargement * half * ((x * sin) + (y * cos)))));
        Point[] corners = [Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)];
        Cv2.Polylines(canvas, [corners], isClosed: true, BoxColor, 2, LineTypes.AntiAlias);
    }

    private static string ToAscii(string text)
    {
        string decomposed = text.Normalize(NormalizationForm.FormD);
        return string.Concat(decomposed
            .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            .Select(character => char.IsAscii(character) ? character : '?'));
    }
}
