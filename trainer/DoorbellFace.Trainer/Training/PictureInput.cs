using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>Pictures, changed again in every epoch, which go through the whole network.</summary>
/// <param name="network">The network.</param>
/// <param name="operations">What a step is computed with; predictions are always computed with floats, as the exported model does.</param>
/// <param name="batches">Where the pictures come from.</param>
/// <param name="preprocessor">Makes the network's input of them.</param>
/// <param name="batch">Pictures in the network at once.</param>
internal sealed class PictureInput(FaceNetwork network, TorchOperations operations, BatchSource batches, Preprocessor preprocessor,
    int batch) : IBatchInput
{
    /// <inheritdoc/>
    public IEnumerable<Batch> Produce(int epoch, IReadOnlyList<int[]> plan, CancellationToken stop) => batches.Produce(epoch, plan, stop);

    /// <inheritdoc/>
    public Tensor ToTensor(Batch pictures) =>
        TorchOperations.Copy(pictures.Tensor, pictures.Labels.Length, preprocessor.Settings.Channels, preprocessor.Settings.Size,
            preprocessor.Settings.Size);

    /// <inheritdoc/>
    public Tensor Logits(Tensor input) => network.Describe(operations, input);

    /// <inheritdoc/>
    public Predictions Predict(IReadOnlyList<LabelledCrop> crops) => Evaluator.Predict(network, crops, preprocessor, batch);
}
