using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Application.Visits;

/// <summary>Picture files, read and written.</summary>
public interface IPictureFiles
{
    /// <summary>Reads a picture, upright; never throws for what is or is not in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why there is none, a whole sentence that names the file; empty when there is one.</param>
    /// <returns>The picture, or null.</returns>
    PixelBuffer? TryRead(string path, out string reason);

    /// <summary>Reads a picture from the bytes of its file, upright; never throws for what is or is not in them.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="subject">What they are, as the beginning of a sentence: "The picture".</param>
    /// <param name="reason">Why there is none, a whole sentence; empty when there is one.</param>
    /// <returns>The picture, or null.</returns>
    PixelBuffer? TryDecode(byte[] content, string subject, out string reason);

    /// <summary>A picture as the bytes of a PNG file.</summary>
    byte[] EncodePng(PixelBuffer picture);
}
