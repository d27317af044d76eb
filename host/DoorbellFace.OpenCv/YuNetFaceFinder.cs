using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.OpenCv;

/// <summary>YuNet at eight angles: faces however they are turned. Not thread-safe: one worker owns it.</summary>
public sealed class YuNetFaceFinder : IFaceFinder, IDisposable
{
    private static readonly RotationSweepOptions Sweep = new()
    {
        StepDegrees = 45,
        MinFaceEdgePixels = 12,
        SweepLongSidePixels = int.MaxValue,
        UprightConfidence = 0.9f,
        MinConfidence = 0.8f,
    };

    private readonly YuNetFaceDetector _network;
    private readonly RotationSweep _sweep;

    /// <summary>Loads the network.</summary>
    /// <param name="modelPath">YuNet's file.</param>
    /// <exception cref="DetectorModelException">The file is missing or is another one.</exception>
    public YuNetFaceFinder(string modelPath)
    {
        _network = new YuNetFaceDetector(modelPath, Sweep.MinConfidence);
        _sweep = new RotationSweep(_network, Sweep);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => _sweep.Detect(picture);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
