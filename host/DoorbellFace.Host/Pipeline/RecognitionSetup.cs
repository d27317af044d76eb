using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Loads cascade and model and joins them; whoever creates it disposes it.</summary>
internal sealed class RecognitionSetup : IDisposable
{
    private readonly HaarFaceDetector _detector;
    private readonly OnnxFaceClassifier _classifier;

    private RecognitionSetup(HaarFaceDetector detector, OnnxFaceClassifier classifier)
    {
        _detector = detector;
        _classifier = classifier;
        Recognizer = new FaceRecognizer(new RotationSweep(detector), new ClassifierReader(classifier));
    }

    /// <summary>Faces and whom they are like.</summary>
    public FaceRecognizer Recognizer { get; }

    /// <summary>The model's contract.</summary>
    public ModelManifest Manifest => _classifier.Manifest;

    /// <summary>Loads everything, so that what is missing is said before the first ring.</summary>
    /// <param name="modelFolder">A folder with model.onnx and model.json.</param>
    /// <exception cref="UserErrorException">The folder is not there.</exception>
    /// <exception cref="InvalidModelException">The model cannot be used.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    public static RecognitionSetup Load(string modelFolder)
    {
        if (!Directory.Exists(modelFolder))
            throw new UserErrorException($"There is no model in {modelFolder}. Make one with ./doorbell train, name another folder with --model, or look at ./doorbell demo first.");
        var detector = new HaarFaceDetector();
        try
        {
            return new RecognitionSetup(detector, OnnxFaceClassifier.Load(modelFolder, threads: Math.Min(2, Environment.ProcessorCount)));
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <summary>Looks at an empty frame once, so that the first visitor does not wait for what is only loaded on first use.</summary>
    public void WarmUp()
    {
        Recognizer.Recognize(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));
        _classifier.Classify(new float[new Preprocessor(Manifest.Preprocessor).TensorLength]);
    }

    /// <summary>A tracker that decides by this model's thresholds.</summary>
    public VisitTracker CreateTracker(VisitOptions? options = null) => new(new MatchPolicy(Manifest), options);

    /// <inheritdoc/>
    public void Dispose()
    {
        _classifier.Dispose();
        _detector.Dispose();
    }
}
