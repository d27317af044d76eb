using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision;

/// <summary>Reads and writes picture files for the services that need some.</summary>
public sealed class PictureFiles : IPictureFiles
{
    /// <inheritdoc/>
    public PixelBuffer? TryRead(string path, out string reason)
    {
        PictureReading reading = PictureFile.TryRead(path);
        reason = reading.Reason ?? "";
        return reading.Picture;
    }

    /// <inheritdoc/>
    public byte[] EncodePng(PixelBuffer picture) => PictureFile.EncodePng(picture);
}
