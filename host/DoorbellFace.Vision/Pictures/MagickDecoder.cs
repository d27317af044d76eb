using DoorbellFace.Core.Imaging;
using ImageMagick;
using ImageMagick.Configuration;

namespace DoorbellFace.Vision.Pictures;

/// <summary>
/// HEIC, AVIF, TIFF, CMYK JPEG and what Skia does not know of the other formats, through ImageMagick inside this process. It is loaded with
/// the first such file only, and reads nothing but the one format that the file's first bytes name: no helper programs, no addresses, no
/// drawing languages, no files beside.
/// </summary>
internal static class MagickDecoder
{
    private const string Policy = """
        <policymap>
          <policy domain="delegate" rights="none" pattern="*"/>
          <policy domain="filter" rights="none" pattern="*"/>
          <policy domain="path" rights="none" pattern="@*"/>
          <policy domain="coder" rights="none" pattern="*"/>
          <policy domain="coder" rights="read" pattern="{HEIC,HEIF,AVIF,TIFF,TIFF64,JPEG,PNG,WEBP,BMP,GIF}"/>
        </policymap>
        """;

    /// <summary>Asked after every few rows. The library's own limit counts from the start of the process, which may be weeks ago.</summary>
    private static readonly TimeSpan LongestDecoding = TimeSpan.FromSeconds(20);

    private static readonly Lazy<bool> Ready = new(Prepare);

    /// <summary>Decodes a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="format">What it is.</param>
    /// <param name="mostPixels">More are refused.</param>
    public static DecodedPicture Decode(byte[] content, PictureFormat format, long mostPixels)
    {
        _ = Ready.Value;
        var settings = new MagickReadSettings { Format = ToMagick(format), FrameIndex = 0, FrameCount = 1 };
        try
        {
            using var image = new MagickImage();
            image.Ping(content, settings);
            if (PictureLimits.Problem(image.Width, image.Height, mostPixels) is { } problem) return DecodedPicture.Refused(problem);
            bool isDamaged = false;
            image.Warning += (_, warning) => isDamaged |= warning.Exception is MagickCorruptImageWarningException;
            long started = TimeProvider.System.GetTimestamp();
            image.Progress += (_, progress) => progress.Cancel = TimeProvider.System.GetElapsedTime(started) > LongestDecoding;
            image.Read(content, settings);
            return isDamaged ? DecodedPicture.Damaged : new DecodedPicture(ToRgb24(image), OrientationOf(image, format), null);
        }
        catch (MagickException)
        {
            return DecodedPicture.Damaged;
        }
    }

    /// <summary>
    /// In HEIF files the decoder turns the picture, as their own transformations say; EXIF's number is a copy for those who cannot.
    /// </summary>
    private static int OrientationOf(MagickImage image, PictureFormat format) =>
        format is PictureFormat.Heic or PictureFormat.Avif ? 1 : (int)image.Orientation;

    private static PixelBuffer ToRgb24(MagickImage image)
    {
        int divisor = PictureLimits.Divisor(image.Width, image.Height);
        if (divisor > 1)
            image.Scale(new MagickGeometry(Math.Max(1, image.Width / (uint)divisor),
                Math.Max(1, image.Height / (uint)divisor)) { IgnoreAspectRatio = true });
        if (image.ColorSpace is ColorSpace.CMYK && image.GetColorProfile() is not null) image.TransformColorSpace(ColorProfiles.SRGB);
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray)) image.ColorSpace = ColorSpace.sRGB;
        using IPixelCollection<byte> pixels = image.GetPixels();
        return new PixelBuffer((int)image.Width, (int)image.Height, PixelFormat.Rgb24, pixels.ToByteArray(PixelMapping.RGB)!);
    }

    private static MagickFormat ToMagick(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => MagickFormat.Jpeg,
        PictureFormat.Png => MagickFormat.Png,
        PictureFormat.WebP => MagickFormat.WebP,
        PictureFormat.Gif => MagickFormat.Gif,
        PictureFormat.Bmp => MagickFormat.Bmp,
        PictureFormat.Tiff => MagickFormat.Tiff,
        PictureFormat.Avif => MagickFormat.Avif,
        _ => MagickFormat.Heic,
    };

    /// <summary>The library reads its rules from a folder, once; the folder goes when they are read.</summary>
    private static bool Prepare()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("doorbell-pictures-");
        try
        {
            IConfigurationFiles files = ConfigurationFiles.Default;
            files.Policy.Data = Policy;
            MagickNET.Initialize(files, folder.FullName);
            ResourceLimits.Memory = 640 << 20;
            ResourceLimits.Area = (ulong)PictureLimits.MostPixels;
            ResourceLimits.Disk = 0;
            ResourceLimits.Width = ResourceLimits.Height = PictureLimits.LongestSidePixels;
            ResourceLimits.ListLength = 4;
            ResourceLimits.Thread = 1;
            // Asking for the formats makes the library read all its rules.
            return MagickNET.SupportedFormats.Count > 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
