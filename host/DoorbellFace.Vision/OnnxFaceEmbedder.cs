using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Vision;

/// <summary>
/// The face backbone in ONNX Runtime. It looks at every face twice, as it is and mirrored, and takes the mean: what the light from one side
/// or a lock of hair does to one of them, it does to the other the other way round. What that gives stands in docs/results/recognition.md.
/// Not thread-safe: one worker owns it.
/// </summary>
public sealed class OnnxFaceEmbedder : IFaceEmbedder, IDisposable
{
    private readonly OnnxModel _model;
    private readonly Preprocessor _preprocessor;
    private readonly float[] _tensor;

    private readonly string[] _outputs;

    private OnnxFaceEmbedder(OnnxModel model)
    {
        _model = model;
        _outputs = model.Manifest.LogitsName is { } logits ? [model.Manifest.OutputName, logits] : [model.Manifest.OutputName];
        _preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        _tensor = new float[2 * _preprocessor.TensorLength];
    }

    /// <inheritdoc/>
    public ModelManifest Manifest => _model.Manifest;

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="OnnxModel.ModelFile"/> and <see cref="OnnxModel.ManifestFile"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both
    /// sides.</exception>
    public static OnnxFaceEmbedder Load(string modelDirectory, int threads) =>
        new(OnnxModel.Load(modelDirectory, ModelTask.Embedding, threads));

    /// <inheritdoc/>
    public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks) => EmbedAndClassify(gray, landmarks).Embedding;

    /// <inheritdoc/>
    public (Embedding Embedding, FaceScores? Scores) EmbedAndClassify(PixelBuffer gray, FaceLandmarks landmarks)
    {
        _preprocessor.WriteMirroredPair(FaceAlignment.Align(gray, landmarks, _preprocessor.Settings.Size), _tensor);
        float[][] answers = _model.Run(_tensor, _outputs);
        var embedding = Embedding.Mean(Halves(answers[0]).Select(half => (Embedding.Of(half), 1f)));
        return (embedding, answers.Length == 1
            ? null
            : FaceScores.Mean([.. Halves(answers[1]).Select(half => (FaceScores.FromLogits(Manifest.Labels, half), 1f))]));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static float[][] Halves(float[] both) => [both[..(both.Length / 2)], both[(both.Length / 2)..]];
}
