using System.Security.Cryptography;
using System.Text;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// Photos without faces, the folder "nonfaces" of the data folder. Those whose file name's SHA-256 begins with an even byte are learnt
/// from, the others measured with.
/// </summary>
internal static class Nonfaces
{
    /// <summary>Longer side to which photos are reduced: the width of the doorbell's frame.</summary>
    private const int LongSidePixels = 320;

    /// <summary>Photos of the folder that do show somebody, and are left out: a woman with her dog.</summary>
    private static readonly string[] ShowSomebody = ["n02097298_Scotch_terrier.jpg"];

    /// <summary>The photos of one half, in ordinal order of their names; none when the folder is not there.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="forTraining">Which half.</param>
    public static IReadOnlyList<PixelBuffer> Read(string data, bool forTraining)
    {
        string folder = Path.Combine(data, "nonfaces");
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. Directory.EnumerateFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal)
                .Where(path => !ShowSomebody.Contains(Path.GetFileName(path)))
                .Where(path => IsForTraining(Path.GetFileName(path)) == forTraining)
                .Select(path => PictureFile.TryRead(path)).Where(reading => reading.Succeeded)
                .Select(reading => Reduced(PixelConversion.ToGray8(reading.Picture!))),
        ];
    }

    /// <summary>The rule of the halves.</summary>
    public static bool IsForTraining(string fileName) => SHA256.HashData(Encoding.UTF8.GetBytes(fileName))[0] % 2 == 0;

    private static PixelBuffer Reduced(PixelBuffer gray)
    {
        float scale = (float)Math.Max(gray.Width, gray.Height) / LongSidePixels;
        if (scale <= 1) return gray;
        int width = (int)(gray.Width / scale), height = (int)(gray.Height / scale);
        return AffineSampler.Sample(gray,
            AffineTransform.TargetToSource(width, height, gray.Width / 2f, gray.Height / 2f, scale, Rotation.None), width, height);
    }
}
