using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision;

/// <summary>A face finder with the files it needs; whoever loads it disposes it. Not thread-safe: one worker owns it.</summary>
public sealed class LoadedFaceFinder : IFaceFinder, IDisposable
{
    private readonly IFaceFinder _finder;
    private readonly IDisposable? _owned;
    private readonly Func<FaceFinderOptions, IFaceFinder>? _otherwise;

    private LoadedFaceFinder(IFaceFinder finder, IDisposable? owned = null, Func<FaceFinderOptions, IFaceFinder>? otherwise = null) =>
        (_finder, _owned, _otherwise) = (finder, owned, otherwise);

    /// <summary>Loads the one that doors use: the rotation sweep with a Haar cascade.</summary>
    /// <param name="verifier">Decides on the sweep's candidates and places landmarks; null: the cascade's own confidence decides.</param>
    /// <param name="options">How sure the decision must be.</param>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static LoadedFaceFinder Load(IFaceVerifier? verifier = null, FaceFinderOptions? options = null)
    {
        IFaceProposer sweep = LoadHaarSweep(verifier is null ? null : HaarSweepOptions.BeforeVerifier);
        return new LoadedFaceFinder(new FaceFinder(sweep, verifier, options), otherwise: other => new FaceFinder(sweep, verifier, other));
    }

    /// <summary>Another finder, which is disposed with this.</summary>
    public static LoadedFaceFinder Of<TFinder>(TFinder finder)
        where TFinder : IFaceFinder, IDisposable => new(finder, finder);

    /// <summary>What names the Haar sweep's candidates, alone.</summary>
    /// <param name="options">How; null: as where no verifier decides.</param>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static IFaceProposer LoadHaarSweep(HaarSweepOptions? options = null) =>
        new HaarSweep(CascadeFile.Load(CascadeFile.SweepCascade), options);

    /// <summary>
    /// The Haar sweep that is loaded here, sure from elsewhere on; not to be used at the same time. Null for the other detectors.
    /// </summary>
    public IFaceFinder? With(FaceFinderOptions options) => _otherwise?.Invoke(options);

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture) => _finder.Detect(picture);

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();
}
