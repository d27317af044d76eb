using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Vision;

/// <summary>Loads models with ONNX Runtime, and a face finder for them.</summary>
/// <param name="loadFinder"> Loads what finds the faces; its argument decides on a sweep's candidates, or is null where the cascade's own
/// confidence does. Null for the Haar sweep that doors use.
/// </param>
public sealed class FaceModels(Func<IFaceVerifier?, LoadedFaceFinder>? loadFinder = null) : IFaceModels
{
    /// <summary>The stranger bank's file name in a backbone's folder.</summary>
    public const string StrangersFile = "strangers.bank";

    /// <summary>In a photo that is handed over the most likely place counts from this probability on.</summary>
    private const float GenerousProbability = 0.5f;

    private readonly Func<IFaceVerifier?, LoadedFaceFinder> _loadFinder = loadFinder ?? (verifier => LoadedFaceFinder.Load(verifier));

    private static int Threads => Math.Min(2, Environment.ProcessorCount);

    /// <inheritdoc/>
    public string TaskOf(string folder) => OnnxModel.TaskOf(folder);

    /// <inheritdoc/>
    /// <exception cref="InvalidModelException">A model cannot be used.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public FaceEngine LoadEngine(string? folder = null)
    {
        string backbone = folder ?? ShippedModels.FaceBackboneInUse;
        return Whole(parts =>
        {
            OnnxFaceVerifier verifier = parts.Keep(OnnxFaceVerifier.Load(ShippedModels.FaceLandmarks, threads: 1));
            LoadedFaceFinder finder = parts.Keep(_loadFinder(verifier));
            OnnxFaceEmbedder embedder = parts.Keep(OnnxFaceEmbedder.Load(backbone, Threads));
            return new FaceEngine(new FaceEngineParts(
                finder, finder.With(new FaceFinderOptions { MinProbability = GenerousProbability }), verifier,
                    verifier.Manifest.Thresholds.Accept, embedder,
                ReadStrangers(backbone, embedder.Manifest), parts.All));
        });
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidModelException">The model cannot be used.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public ClassifierEngine LoadClassifier(string folder) => Whole(parts =>
    {
        LoadedFaceFinder finder = parts.Keep(_loadFinder(null));
        return new ClassifierEngine(finder, parts.Keep(OnnxFaceClassifier.Load(folder, Threads)), parts.All);
    });

    private static StrangerBank ReadStrangers(string folder, ModelManifest manifest)
    {
        string path = Path.Combine(folder, StrangersFile);
        return File.Exists(path)
            ? StrangerBank.Parse(File.ReadAllBytes(path), manifest.ModelSha256)
            : StrangerBank.Of(manifest.ModelSha256, []);
    }

    /// <summary>What was loaded before a part that fails is let go of.</summary>
    private static T Whole<T>(Func<LoadedParts, T> load)
    {
        var parts = new LoadedParts();
        try
        {
            return load(parts);
        }
        catch
        {
            foreach (IDisposable part in parts.All) part.Dispose();
            throw;
        }
    }

    private sealed class LoadedParts
    {
        private readonly List<IDisposable> _parts = [];

        public IReadOnlyList<IDisposable> All => _parts;

        public T Keep<T>(T part)
            where T : IDisposable
        {
            _parts.Add(part);
            return part;
        }
    }
}
