using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Brings the face of a prepared crop to its place by its landmarks, as the host brings a face of the frame: what the face backbone takes.
/// Not thread-safe: one worker owns it.
/// </summary>
internal sealed class CropAligner : IDisposable
{
    /// <summary>Edge of an aligned crop: more than the backbone's usual input, so that reducing it costs that nothing.</summary>
    public const int EdgePixels = 128;

    private readonly OnnxFaceVerifier _verifier;

    private CropAligner(OnnxFaceVerifier verifier) => _verifier = verifier;

    /// <summary>Loads the landmark network.</summary>
    /// <exception cref="InvalidModelException">It is not there or cannot be used.</exception>
    public static CropAligner Load() => new(OnnxFaceVerifier.Load(ShippedModels.FaceLandmarks, threads: 1));

    /// <summary>The aligned face, Gray8; null when the middle of the crop shows no face.</summary>
    /// <param name="crop">A face with the margin that <c>prepare</c> leaves around it.</param>
    public PixelBuffer? Align(PixelBuffer crop)
    {
        PixelBuffer gray = PixelConversion.ToGray8(crop);
        float margin = PreprocessorSettings.ImageNetGray(EdgePixels).FaceMargin;
        float edge = Math.Min(gray.Width, gray.Height) / (1 + (2 * margin));
        var middle = new FaceDetection(PixelRect.SquareAround(gray.Width / 2f, gray.Height / 2f, edge), Rotation.None, Confidence: 1);
        FaceVerification look = _verifier.Verify(gray, [middle])[0];
        return look.FaceProbability >= _verifier.Manifest.Thresholds.Accept ? FaceAlignment.Align(gray, look.Landmarks, EdgePixels) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _verifier.Dispose();
}
