using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Everything that turns a picture into embeddings: detector, landmark network, backbone, and the strangers that belong to the backbone. Whoever
/// creates it disposes it. Not thread-safe: one worker owns it.
/// </summary>
internal sealed class FaceEngine : IDisposable
{
    /// <summary>The stranger bank's file name in a backbone's folder.</summary>
    public const string StrangersFile = "strangers.bank";

    /// <summary>In a photo that is handed over the likeliest place counts from this probability on.</summary>
    private const float GenerousProbability = 0.5f;

    private readonly LoadedFaceFinder _finder;
    private readonly OnnxFaceVerifier _verifier;
    private readonly OnnxFaceEmbedder _embedder;

    private FaceEngine(LoadedFaceFinder finder, OnnxFaceVerifier verifier, OnnxFaceEmbedder embedder, StrangerBank strangers)
    {
        _finder = finder;
        _verifier = verifier;
        _embedder = embedder;
        Strangers = strangers;
        Reader = new EmbeddingReader(verifier, embedder, new EmbeddingReaderOptions { MinFaceProbability = verifier.Manifest.Thresholds.Accept });
    }

    /// <summary>Finds faces at every angle.</summary>
    public IFaceFinder Finder => _finder;

    /// <summary>Faces of photos that people hand over.</summary>
    public PhotoFaces Photos => new(_finder, Reader, _finder.With(new FaceFinderOptions { MinProbability = GenerousProbability }));

    /// <summary>Looks at a face: landmarks and embedding.</summary>
    public EmbeddingReader Reader { get; }

    /// <summary>The backbone.</summary>
    public IFaceEmbedder Embedder => _embedder;

    /// <summary>Strangers, as the backbone sees them.</summary>
    public StrangerBank Strangers { get; }

    /// <summary>The family's own backbone, if one is installed in a data folder; null for the shipped one.</summary>
    /// <exception cref="InvalidModelException">What is installed there is no model.</exception>
    public static string? FamilysIn(string dataFolder)
    {
        string folder = DataFolder.ModelIn(dataFolder);
        return Directory.Exists(folder) && OnnxModel.TaskOf(folder) == ModelTask.Embedding ? folder : null;
    }

    /// <summary>Loads everything, so that what is missing is said before the first ring.</summary>
    /// <param name="backboneFolder">A folder with a model that makes embeddings; null for the one that comes with the program.</param>
    /// <param name="detector">What finds the faces.</param>
    /// <exception cref="InvalidModelException">A model cannot be used.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static FaceEngine Load(string? backboneFolder = null, DetectorChoice? detector = null)
    {
        string folder = backboneFolder ?? ShippedModels.FaceBackbone;
        var parts = new Stack<IDisposable>();
        try
        {
            int threads = Math.Min(2, Environment.ProcessorCount);
            T Keep<T>(T part)
                where T : IDisposable
            {
                parts.Push(part);
                return part;
            }
            OnnxFaceVerifier verifier = Keep(OnnxFaceVerifier.Load(ShippedModels.FaceLandmarks, threads: 1));
            LoadedFaceFinder finder = Keep((detector ?? new DetectorChoice()).Load(verifier));
            OnnxFaceEmbedder embedder = Keep(OnnxFaceEmbedder.Load(folder, threads));
            return new FaceEngine(finder, verifier, embedder, ReadStrangers(folder, embedder.Manifest));
        }
        catch
        {
            foreach (IDisposable part in parts) part.Dispose();
            throw;
        }
    }

    /// <summary>Runs every network once.</summary>
    public void WarmUp()
    {
        var blank = new PixelBuffer(64, 64, PixelFormat.Gray8, new byte[64 * 64]);
        FaceLandmarks face = FaceAlignment.Landmarks(64);
        _verifier.Verify(blank, [FaceGeometry.FromLandmarks(face, 1)]);
        // A blank picture's embedding may have no direction; one with something on it always has.
        var pixels = new byte[64 * 64];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)i;
        _embedder.Embed(new PixelBuffer(64, 64, PixelFormat.Gray8, pixels), face);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _embedder.Dispose();
        _verifier.Dispose();
        _finder.Dispose();
    }

    private static StrangerBank ReadStrangers(string folder, ModelManifest manifest)
    {
        string path = Path.Combine(folder, StrangersFile);
        return File.Exists(path) ? StrangerBank.Parse(File.ReadAllBytes(path), manifest.ModelSha256) : StrangerBank.Of(manifest.ModelSha256, []);
    }
}
