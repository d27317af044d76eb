using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision;

/// <summary>Which detector finds the faces.</summary>
public enum DetectorKind
{
    /// <summary>The rotation sweep with a Haar cascade; needs no file beyond OpenCV's cascades.</summary>
    Haar,

    /// <summary>YuNet at eight angles; needs its file.</summary>
    YuNet,

    /// <summary>The paper's algorithm, to compare with.</summary>
    Paper,
}

/// <summary>A face finder with the files it needs; whoever loads it disposes it. Not thread-safe: one worker owns it.</summary>
public sealed class LoadedFaceFinder : IFaceFinder, IDisposable
{
    private static readonly RotationSweepOptions YuNetSweep = new()
    {
        StepDegrees = 45,
        MinFaceEdgePixels = 12,
        SweepLongSidePixels = int.MaxValue,
        UprightConfidence = 0.9f,
        MinConfidence = 0.8f,
    };

    private readonly IFaceFinder _finder;
    private readonly IDisposable? _owned;
    private readonly Func<FaceFinderOptions, IFaceFinder>? _otherwise;

    private LoadedFaceFinder(IFaceFinder finder, IDisposable? owned = null, Func<FaceFinderOptions, IFaceFinder>? otherwise = null) =>
        (_finder, _owned, _otherwise) = (finder, owned, otherwise);

    /// <summary>Loads a detector.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="modelPath">YuNet's file; the others need none.</param>
    /// <param name="verifier">Decides on the Haar sweep's candidates and places landmarks; null: the cascade's own confidence decides.</param>
    /// <param name="options">How sure the Haar sweep's decision must be.</param>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    /// <exception cref="DetectorModelException">YuNet's file is missing or is another one.</exception>
    public static LoadedFaceFinder Load(DetectorKind kind, string? modelPath = null, IFaceVerifier? verifier = null, FaceFinderOptions? options = null)
    {
        switch (kind)
        {
            case DetectorKind.YuNet:
                var network = new YuNetFaceDetector(modelPath ?? YuNetFaceDetector.ModelFileName, YuNetSweep.MinConfidence);
                return new LoadedFaceFinder(new RotationSweep(network, YuNetSweep), network);
            case DetectorKind.Paper:
                var paper = new PaperFaceFinder();
                return new LoadedFaceFinder(paper, paper);
            default:
                IFaceProposer sweep = LoadHaarSweep(verifier is null ? null : HaarSweepOptions.BeforeVerifier);
                return new LoadedFaceFinder(new FaceFinder(sweep, verifier, options), otherwise: other => new FaceFinder(sweep, verifier, other));
        }
    }

    /// <summary>What names the Haar sweep's candidates, alone.</summary>
    /// <param name="options">How; null: as where no verifier decides.</param>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static IFaceProposer LoadHaarSweep(HaarSweepOptions? options = null) => new HaarSweep(CascadeFile.Load(CascadeFile.SweepCascade), options);

    /// <summary>The Haar sweep that is loaded here, sure from elsewhere on; not to be used at the same time. Null for the other detectors.</summary>
    public IFaceFinder? With(FaceFinderOptions options) => _otherwise?.Invoke(options);

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => _finder.Detect(picture);

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();
}
