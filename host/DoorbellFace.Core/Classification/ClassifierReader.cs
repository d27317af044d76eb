using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Classification;

/// <summary>Asks a network that was trained on the family, about the face as its box and angle cut it out: the paper's way.</summary>
public sealed class ClassifierReader : IFaceReader
{
    /// <summary>The larger the face, the more its vote counts, up to this edge in pixels, where more pixels say no more.</summary>
    private const int FullWeightEdgePixels = 96;

    private readonly IFaceClassifier _classifier;
    private readonly Preprocessor _preprocessor;
    private readonly float[] _tensor;

    /// <summary>Reads with a network.</summary>
    public ClassifierReader(IFaceClassifier classifier)
    {
        _classifier = classifier;
        _preprocessor = new Preprocessor(classifier.Manifest.Preprocessor);
        _tensor = new float[_preprocessor.TensorLength];
    }

    /// <inheritdoc/>
    public RecognizedFace Read(PixelBuffer picture, FaceDetection face)
    {
        PreprocessorSettings settings = _preprocessor.Settings;
        _preprocessor.WriteTensor(FaceCropper.Crop(picture, face, settings.FaceMargin, settings.Size), _tensor);
        var scores = FaceScores.FromLogits(_classifier.Manifest.Labels, _classifier.Classify(_tensor));
        return new RecognizedFace(face, new FaceVote(Math.Clamp(face.Box.Width, 1, FullWeightEdgePixels)) { Scores = scores });
    }
}
