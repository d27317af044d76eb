using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Detector, networks and the people they know, joined; whoever creates it disposes it. There are two kinds: the backbone with the people enrolled,
/// and a network that was trained on the family and knows its labels. A backbone that was fine-tuned on the family is the first, and its classifier a second opinion.
/// </summary>
internal sealed class RecognitionSetup : IDisposable
{
    private readonly IMatchPolicy _policy;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly Action _warmUp;

    private RecognitionSetup(FaceRecognizer recognizer, IMatchPolicy policy, IReadOnlyList<string> names, Action warmUp, params IReadOnlyList<IDisposable> owned)
    {
        Recognizer = recognizer;
        Names = names;
        _policy = policy;
        _warmUp = warmUp;
        _owned = owned;
    }

    /// <summary>Faces and whom they are like.</summary>
    public FaceRecognizer Recognizer { get; }

    /// <summary>Whom it can recognise.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Why it knows nobody although people are enrolled, as whole sentences; null when all is well.</summary>
    public string? Trouble { get; private init; }

    /// <summary>Loads everything, so that what is missing is said before the first ring.</summary>
    /// <param name="modelFolder">A model of either kind; null for the family's own in the data folder or, if there is none, the backbone that comes with the program.</param>
    /// <param name="dataFolder">Where the people enrolled are kept.</param>
    /// <param name="detector">What finds the faces.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="evenWithoutPeople">When the people enrolled cannot be read, know nobody and say so in <see cref="Trouble"/>: a doorbell that only rings is better than none.</param>
    /// <exception cref="UserErrorException">The folder is not there, or the people enrolled cannot be read.</exception>
    /// <exception cref="InvalidModelException">A model cannot be used.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static RecognitionSetup Load(string? modelFolder, string dataFolder, DetectorChoice detector, ILogger log, bool evenWithoutPeople = false)
    {
        if (modelFolder is not null && !Directory.Exists(modelFolder))
            throw new UserErrorException($"There is no model in {modelFolder}. Make one with ./doorbell train, name another folder with --model, or leave it out for the model that comes with the program.");
        string familys = DataFolder.ModelIn(dataFolder);
        string? folder = modelFolder ?? (Directory.Exists(familys) ? familys : null);
        if (folder is not null && OnnxModel.TaskOf(folder) == ModelTask.Classification) return OfClassifier(folder, detector);
        FaceEngine engine = FaceEngine.Load(folder, detector);
        try
        {
            return OfHousehold(engine, SqliteGalleryStore.LoadGallery(dataFolder, engine.Embedder, log));
        }
        catch (Exception unreadable) when (evenWithoutPeople && unreadable is UserErrorException or GalleryStoreException)
        {
            return OfHousehold(engine, new Gallery(engine.Embedder.Manifest.ModelSha256, []), unreadable.Message);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>The backbone with some people.</summary>
    /// <param name="engine">The networks; disposed together with this.</param>
    /// <param name="gallery">The people.</param>
    /// <param name="trouble">See <see cref="Trouble"/>.</param>
    public static RecognitionSetup OfHousehold(FaceEngine engine, Gallery gallery, string? trouble = null)
    {
        var household = new Household(gallery, engine.Strangers, engine.Embedder.Manifest);
        return new RecognitionSetup(
            new FaceRecognizer(engine.Finder, engine.Reader),
            new GalleryPolicy(household, secondOpinion: SecondOpinion.Of(engine.Embedder.Manifest)),
            [.. household.Templates.Select(template => template.Person.Name)],
            engine.WarmUp,
            engine)
        { Trouble = trouble };
    }

    /// <summary>Looks at a picture once with every part, so that the first visitor does not wait for what is only loaded on first use.</summary>
    public void WarmUp()
    {
        Recognizer.Recognize(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));
        _warmUp();
    }

    /// <summary>A tracker that decides by these people.</summary>
    public VisitTracker CreateTracker(VisitOptions? options = null) => new(_policy, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in _owned) part.Dispose();
    }

    private static RecognitionSetup OfClassifier(string folder, DetectorChoice detector)
    {
        LoadedFaceFinder finder = detector.Load();
        try
        {
            var classifier = OnnxFaceClassifier.Load(folder, threads: Math.Min(2, Environment.ProcessorCount));
            ModelManifest manifest = classifier.Manifest;
            return new RecognitionSetup(
                new FaceRecognizer(finder, new ClassifierReader(classifier)),
                new MatchPolicy(manifest),
                [.. manifest.Labels.Where(label => label != manifest.UnknownLabel)],
                () => classifier.Classify(new float[new Preprocessor(manifest.Preprocessor).TensorLength]),
                classifier,
                finder);
        }
        catch
        {
            finder.Dispose();
            throw;
        }
    }
}
