using System.Runtime.InteropServices;
using DoorbellFace.Core.Imaging;
using OpenCvSharp;

namespace DoorbellFace.Vision;

/// <summary>
/// Picture files, read and written through OpenCV. Reading honours the EXIF orientation that cameras and telephones store.
/// Safe to call from several threads.
/// </summary>
public static class PictureFile
{
    private static readonly string[] WritableExtensions = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Whether a file's name ends like one of the formats that are commonly read here (PNG, JPEG, BMP, WebP, TIFF).</summary>
    public static bool HasPictureExtension(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG" or ".BMP" or ".WEBP" or ".TIF" or ".TIFF";

    /// <summary>Reads a picture, or says why that is impossible. Never throws for what is or is not in the file.</summary>
    /// <param name="path">The file. Its content decides the format, not its name.</param>
    /// <returns>The picture as Rgb24, upright as its EXIF orientation says, or the reason.</returns>
    public static PictureReading TryRead(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return PictureReading.Unusable($"There is no file '{path}'.");
        }
        catch (UnauthorizedAccessException)
        {
            return PictureReading.Unusable(Directory.Exists(path)
                ? $"A picture file was expected, but '{path}' is a folder."
                : $"The file '{path}' may not be read by this user.");
        }
        catch (IOException error)
        {
            return PictureReading.Unusable($"The file '{path}' cannot be read: {error.Message}");
        }
        return Decode(content, path);
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file. Its content decides the format, not its name.</param>
    /// <returns>The picture as Rgb24, upright as its EXIF orientation says.</returns>
    /// <exception cref="InvalidPictureException">The file is missing, cannot be opened, or holds no whole picture.</exception>
    public static PixelBuffer Read(string path)
    {
        PictureReading reading = TryRead(path);
        return reading.Succeeded ? reading.Picture : throw new InvalidPictureException(reading.Reason);
    }

    /// <summary>
    /// Writes a picture in the format that the name's ending asks for (.png, .jpg, .jpeg, .bmp). The file appears whole or not at all:
    /// it is written beside its place under another name and then moved there, over what was there before.
    /// </summary>
    /// <param name="path">Where to. The folder must exist.</param>
    /// <param name="picture">Any format; Gray8 stays gray, everything else is written in colour.</param>
    /// <exception cref="ArgumentException">The ending is none of the four.</exception>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, PixelBuffer picture)
    {
        string extension = Path.GetExtension(path);
        if (!WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException($"Pictures are written as {string.Join(", ", WritableExtensions)}; '{path}' ends otherwise.", nameof(path));
        byte[] content = Encode(picture, extension);
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A picture as the bytes of a PNG file; Gray8 stays gray, everything else becomes colour.</summary>
    public static byte[] EncodePng(PixelBuffer picture) => Encode(picture, ".png");

    /// <summary>A picture as the bytes of a JPEG file; Gray8 stays gray, everything else becomes colour.</summary>
    public static byte[] EncodeJpeg(PixelBuffer picture) => Encode(picture, ".jpg");

    private static byte[] Encode(PixelBuffer picture, string extension)
    {
        using Mat mat = ToMat(picture);
        Cv2.ImEncode(extension, mat, out byte[] content);
        return content;
    }

    private static PictureReading Decode(byte[] content, string path)
    {
        if (content.Length == 0) return PictureReading.Unusable($"The file '{path}' is empty.");
        try
        {
            using Mat mat = Cv2.ImDecode(content, ImreadModes.Color);
            if (mat.Empty())
                return PictureReading.Unusable($"The file '{path}' holds no whole picture in a known format (PNG, JPEG, BMP, WebP, TIFF).");
            return PictureReading.Of(FromMat(mat));
        }
        catch (OpenCVException error)
        {
            // OpenCV throws where a header asks for more pixels than its safety limit, and in some decoders for damaged data.
            return PictureReading.Unusable($"The file '{path}' cannot be decoded as a picture: {error.ErrMsg}");
        }
    }

    private static Mat ToMat(PixelBuffer picture)
    {
        bool gray = picture.Format == PixelFormat.Gray8;
        PixelBuffer source = gray ? picture : PixelConversion.ToRgb24(picture);
        var mat = new Mat(source.Height, source.Width, gray ? MatType.CV_8UC1 : MatType.CV_8UC3);
        for (int row = 0; row < source.Height; row++)
            Marshal.Copy(source.Row(row).ToArray(), 0, mat.Ptr(row), source.StrideBytes);
        if (!gray) Cv2.CvtColor(mat, mat, ColorConversionCodes.RGB2BGR);
        return mat;
    }

    private static PixelBuffer FromMat(Mat mat)
    {
        Cv2.CvtColor(mat, mat, ColorConversionCodes.BGR2RGB);
        int width = mat.Width, height = mat.Height, stride = width * 3;
        var pixels = new byte[stride * height];
        for (int row = 0; row < height; row++) Marshal.Copy(mat.Ptr(row), pixels, row * stride, stride);
        return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
    }
}
