using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision;

/// <summary>Reads and writes picture files for the services that need some.</summary>
public sealed class PictureFiles : IPictureFiles
{
    /// <inheritdoc/>
    public PixelBuffer? TryRead(string path, out string reason) => Of(PictureFile.TryRead(path), out reason);

    /// <inheritdoc/>
    public PixelBuffer? TryDecode(byte[] content, string subject, out string reason) =>
        Of(PictureFile.TryDecode(content, subject), out reason);

    /// <inheritdoc/>
    public byte[] EncodePng(PixelBuffer picture) => PictureFile.EncodePng(picture);

    private static PixelBuffer? Of(PictureReading reading, out string reason)
    {
        reason = reading.Reason ?? "";
        return reading.Picture;
    }
}
