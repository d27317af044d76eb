using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Cuts the faces out of a folder of photos with the finder that doors use, and writes the page of what came of it. Whoever opens it
/// disposes it.
/// </summary>
internal sealed class FaceCutting : IDisposable
{
    private readonly string _photos, _output;
    private readonly OnnxFaceVerifier _verifier;
    private readonly LoadedFaceFinder _finder;

    private FaceCutting(string photos, string output, OnnxFaceVerifier verifier, LoadedFaceFinder finder, PreprocessorSettings settings)
    {
        (_photos, _output, _verifier, _finder) = (photos, output, verifier, finder);
        Preparation = new FacePreparation(photos, output, finder, settings);
    }

    /// <summary>What there is to do.</summary>
    public FacePreparation Preparation { get; }

    /// <summary>Loads the finder and looks through the folder.</summary>
    /// <param name="photos">Folder with a folder of photos for each person.</param>
    /// <param name="output">Folder for crops, report and page.</param>
    /// <param name="settings">Says the margin.</param>
    /// <exception cref="UserErrorException">There are no photos, or one of the folders lies in the other.</exception>
    public static FaceCutting Open(string photos, string output, PreprocessorSettings settings)
    {
        OnnxFaceVerifier verifier = OnnxFaceVerifier.Load(ShippedModels.FaceLandmarks, threads: 1);
        try
        {
            LoadedFaceFinder finder = LoadedFaceFinder.Load(verifier);
            try
            {
                return new FaceCutting(photos, output, verifier, finder, settings);
            }
            catch
            {
                finder.Dispose();
                throw;
            }
        }
        catch
        {
            verifier.Dispose();
            throw;
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="onPhoto">Called after each photo.</param>
    /// <param name="stop">Ends it after the photo at hand; the next run goes on.</param>
    /// <returns>Every photo with its outcome; photos not reached are missing.</returns>
    public IReadOnlyList<PreparedPhoto> Run(Action onPhoto, CancellationToken stop)
    {
        IReadOnlyList<PreparedPhoto> done = Preparation.Run(onPhoto, stop);
        PreparationPage.Write(_photos, _output, done);
        return done;
    }

    /// <summary>How many faces there are of each person, by name; 0 for somebody who is left out.</summary>
    public static SortedDictionary<string, int> FacesPerPerson(IReadOnlyList<PreparedPhoto> photos) =>
        new(photos.GroupBy(photo => photo.Person)
            .ToDictionary(group => group.Key, group => group.Count(photo => photo.Outcome == PhotoOutcome.Face)), StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        _finder.Dispose();
        _verifier.Dispose();
    }
}
