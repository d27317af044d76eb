using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>
/// The way of one frame: find the face, bring it upright, ask the network. Not thread-safe: one worker owns it.
/// </summary>
public sealed class FaceRecognizer
{
    private readonly IFaceFinder _finder;
    private readonly IFaceClassifier _classifier;
    private readonly Preprocessor _preprocessor;
    private readonly float[] _tensor;

    /// <summary>Joins a finder and a network.</summary>
    public FaceRecognizer(IFaceFinder finder, IFaceClassifier classifier)
    {
        _finder = finder;
        _classifier = classifier;
        _preprocessor = new Preprocessor(classifier.Manifest.Preprocessor);
        _tensor = new float[_preprocessor.TensorLength];
    }

    /// <summary>The faces of a frame, the largest first, each with its scores; empty when there is none.</summary>
    public IReadOnlyList<RecognizedFace> Recognize(PixelBuffer picture)
    {
        IReadOnlyList<FaceDetection> faces = _finder.Detect(picture);
        if (faces.Count == 0) return [];
        PixelBuffer source = picture.Format is PixelFormat.Gray8 or PixelFormat.Rgb24 ? picture : PixelConversion.ToRgb24(picture);
        return [.. faces.Select(face => new RecognizedFace(face, Classify(source, face)))];
    }

    private FaceScores Classify(PixelBuffer source, FaceDetection face)
    {
        PreprocessorSettings settings = _preprocessor.Settings;
        _preprocessor.WriteTensor(FaceCropper.Crop(source, face, settings.FaceMargin, settings.Size), _tensor);
        return FaceScores.FromLogits(_classifier.Manifest.Labels, _classifier.Classify(_tensor));
    }
}

/// <summary>A face and what it says.</summary>
/// <param name="Detection">Where it is.</param>
/// <param name="Scores">Whom it is like.</param>
public sealed record RecognizedFace(FaceDetection Detection, FaceScores Scores)
{
    /// <summary>How much its vote counts: the larger the face, the more, up to an edge of 96 pixels, where more pixels say no more.</summary>
    public FaceVote Vote => new(Scores, Math.Clamp(Detection.Box.Width, 1, 96));
}
