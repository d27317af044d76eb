using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Vision;

/// <summary>The face backbone in ONNX Runtime. Not thread-safe: one worker owns it.</summary>
public sealed class OnnxFaceEmbedder : IFaceEmbedder, IDisposable
{
    private readonly OnnxModel _model;
    private readonly Preprocessor _preprocessor;
    private readonly float[] _tensor;

    private OnnxFaceEmbedder(OnnxModel model)
    {
        _model = model;
        _preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        _tensor = new float[_preprocessor.TensorLength];
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
        _preprocessor.WriteTensor(FaceAlignment.Align(gray, landmarks, _preprocessor.Settings.Size), _tensor);
        return Embedding.Of(_model.Run(_tensor, Manifest.OutputName)[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
