using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Vision;

/// <summary>
/// The face backbone in ONNX Runtime. It looks at every face twice, as it is and mirrored, and takes the mean: what the light from one side or a lock of
/// hair does to one of them, it does to the other the other way round. What that gives stands in docs/results/recognition.md. Not thread-safe: one worker owns it.
/// </summary>
public sealed class OnnxFaceEmbedder : IFaceEmbedder, IDisposable
{
    private readonly OnnxModel _model;
    private readonly Preprocessor _preprocessor;
    private readonly float[] _tensor;

    private OnnxFaceEmbedder(OnnxModel model)
    {
        _model = model;
        _preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        _tensor = new float[2 * _preprocessor.TensorLength];
    }

    /// <inheritdoc/>
    public ModelManifest Manifest => _model.Manifest;

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="OnnxModel.ModelFile"/> and <see cref="OnnxModel.ManifestFile"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both sides.</exception>
    public static OnnxFaceEmbedder Load(string modelDirectory, int threads) => new(OnnxModel.Load(modelDirectory, ModelTask.Embedding, threads));

    /// <inheritdoc/>
    public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks)
    {
        Span<float> seen = _tensor.AsSpan(0, _preprocessor.TensorLength), mirrored = _tensor.AsSpan(_preprocessor.TensorLength);
        _preprocessor.WriteTensor(FaceAlignment.Align(gray, landmarks, _preprocessor.Settings.Size), seen);
        seen.CopyTo(mirrored);
        for (int row = 0; row < mirrored.Length; row += _preprocessor.Settings.Size) mirrored.Slice(row, _preprocessor.Settings.Size).Reverse();
        float[] both = _model.Run(_tensor, Manifest.OutputName)[0];
        int length = both.Length / 2;
        return Embedding.Mean([(Embedding.Of(both.AsSpan(0, length)), 1), (Embedding.Of(both.AsSpan(length)), 1)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
