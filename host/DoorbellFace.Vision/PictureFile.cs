using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision.Files;
using DoorbellFace.Vision.Pictures;

namespace DoorbellFace.Vision;

/// <summary>
/// Picture files, read and written. A file's first bytes decide its format, never its name; what it costs is known from its header before
/// it is decoded; the EXIF orientation that cameras and telephones store is obeyed. Safe to call from several threads.
/// </summary>
public static class PictureFile
{
    private static readonly string[] WritableExtensions = [".png", ".jpg", ".jpeg"];

    private static readonly HashSet<string> PictureExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".heif", ".hif", ".avif", ".gif",
    };

    /// <summary>Whether a file's name ends like one of the formats that are commonly read here.</summary>
    public static bool HasPictureExtension(string path) => PictureExtensions.Contains(Path.GetExtension(path));

    /// <summary>
    /// Reads a picture, or says why that is impossible. Never throws for what is or is not in the file, and never waits for a pipe.
    /// </summary>
    /// <param name="path">The file. Its content decides the format, not its name.</param>
    /// <returns>The picture as Rgb24, upright as its EXIF orientation says, of at most 16 million pixels; or the reason.</returns>
    public static PictureReading TryRead(string path)
    {
        switch (FileEntry.At(path).Kind)
        {
            case FileKind.Missing: return PictureReading.Unusable($"There is no file '{path}'.");
            case FileKind.Folder: return PictureReading.Unusable($"A picture file was expected, but '{path}' is a folder.");
            case FileKind.Other: return PictureReading.Unusable(
                $"A picture file was expected, but '{path}' is a pipe, a socket or a device.");
        }
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return PictureReading.Unusable($"There is no file '{path}'.");
        }
        catch (UnauthorizedAccessException)
        {
            return PictureReading.Unusable($"The file '{path}' may not be read by this user.");
        }
        catch (IOException error)
        {
            return PictureReading.Unusable($"The file '{path}' cannot be read: {error.Message}");
        }
    }

    /// <summary>
    /// Reads a picture from the bytes of its file, or says why that is impossible. Never throws for what is or is not in them.
    /// </summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="subject">What they are, as the beginning of a sentence: "The picture".</param>
    /// <returns>The picture as Rgb24, upright as its EXIF orientation says, of at most 16 million pixels; or the reason.</returns>
    public static PictureReading TryDecode(byte[] content, string subject)
    {
        ReadOnlySpan<byte> start = content.AsSpan(0, Math.Min(content.Length, PictureSignature.Length));
        if (Refusal(start, content.Length, subject) is { } refusal) return refusal;
        DecodedPicture decoded = Decode(content, PictureSignature.Of(start));
        return decoded.Picture is { } picture
            ? PictureReading.Of(ExifOrientation.Upright(picture, decoded.Orientation))
            : PictureReading.Unusable($"{subject} {decoded.Problem}");
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file. Its content decides the format, not its name.</param>
    /// <returns>The picture as Rgb24, upright as its EXIF orientation says, of at most 16 million pixels.</returns>
    /// <exception cref="InvalidPictureException">The file is missing, cannot be opened, or holds no whole picture.</exception>
    public static PixelBuffer Read(string path)
    {
        PictureReading reading = TryRead(path);
        return reading.Succeeded ? reading.Picture : throw new InvalidPictureException(reading.Reason);
    }

    /// <summary>
    /// Writes a picture in the format that the name's ending asks for (.png, .jpg, .jpeg). The file appears whole or not at all: it is
    /// written beside its place under another name and then moved there, over what was there before.
    /// </summary>
    /// <param name="path">Where to. The folder must exist.</param>
    /// <param name="picture">Any format; Gray8 stays gray, everything else is written in colour.</param>
    /// <exception cref="ArgumentException">The ending is none of the three.</exception>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, PixelBuffer picture)
    {
        string extension = Path.GetExtension(path);
        if (!WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException($"Pictures are written as {string.Join(", ", WritableExtensions)}; '{path}' ends otherwise.",
                nameof(path));
        WholeFile.Write(path, extension.Equals(".png", StringComparison.OrdinalIgnoreCase) ? EncodePng(picture) : EncodeJpeg(picture));
    }

    /// <summary>A picture as the bytes of a PNG file; Gray8 stays gray, everything else becomes colour.</summary>
    public static byte[] EncodePng(PixelBuffer picture) => SkiaEncoder.Png(picture);

    /// <summary>A picture as the bytes of a JPEG file; Gray8 stays gray, everything else becomes colour.</summary>
    public static byte[] EncodeJpeg(PixelBuffer picture) => SkiaEncoder.Jpeg(picture);

    private static PictureReading Read(FileStream file, string path)
    {
        string subject = $"The file '{path}'";
        Span<byte> start = stackalloc byte[PictureSignature.Length];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        // What is no picture, or too large a one, is not read any further.
        if (Refusal(start[..read], file.Length, subject) is { } refusal) return refusal;
        var content = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(content);
        return TryDecode(content, subject);
    }

    private static PictureReading? Refusal(ReadOnlySpan<byte> start, long length, string subject)
    {
        if (start.IsEmpty) return PictureReading.Unusable($"{subject} is empty.");
        if (PictureSignature.Of(start) == PictureFormat.Unknown)
            return PictureReading.Unusable($"{subject} holds no whole picture in a known format ({PictureSignature.KnownFormats}).");
        return length > PictureLimits.MostFileBytes
            ? PictureReading.Unusable(
                $"{subject} is {length >> 20} MB large; pictures of at most {PictureLimits.MostFileBytes >> 20} MB are read.")
            : null;
    }

    private static DecodedPicture Decode(byte[] content, PictureFormat format)
    {
        if (format is PictureFormat.Heic or PictureFormat.Avif or PictureFormat.Tiff)
            return MagickDecoder.Decode(content, format, PictureLimits.MostPixels);
        long mostPixels = format is PictureFormat.Jpeg or PictureFormat.WebP ? PictureLimits.MostPixels : PictureLimits.MostPlainPixels;
        if (format == PictureFormat.Jpeg)
        {
            if (JpegHeader.Read(content) is not { } header) return DecodedPicture.Damaged;
            if (header.IsSequential) mostPixels = PictureLimits.MostSequentialJpegPixels;
            if (header.IsCmyk) return MagickDecoder.Decode(content, format, PictureLimits.MostPixels);
        }
        DecodedPicture decoded = SkiaDecoder.Decode(content, mostPixels);
        return decoded == DecodedPicture.Unsupported
            ? MagickDecoder.Decode(content, format, Math.Min(mostPixels, PictureLimits.MostPixels))
            : decoded;
    }
}
