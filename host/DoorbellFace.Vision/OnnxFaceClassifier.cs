using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Models;


namespace DoorbellFace.Vision;

/// <summary>A network that tells its labels apart, in ONNX Runtime. May be called from several threads at once.</summary>
public sealed class OnnxFaceClassifier : IFaceClassifier, IDisposable
{
    private readonly OnnxModel _model;

    private OnnxFaceClassifier(OnnxModel model) => _model = model;

    /// <inheritdoc/>
    public ModelManifest Manifest => _model.Manifest;

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="OnnxModel.ModelFile"/> and <see cref="OnnxModel.ManifestFile"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both
    /// sides.</exception>
    public static OnnxFaceClassifier Load(string modelDirectory, int threads) =>
        new(OnnxModel.Load(modelDirectory, ModelTask.Classification, threads));

    /// <inheritdoc/>
    public float[] Classify(ReadOnlyMemory<float> tensor) => _model.Run(tensor, Manifest.OutputName)[0];

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
