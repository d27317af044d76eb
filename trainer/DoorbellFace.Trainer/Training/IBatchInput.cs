using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>What a training feeds its network with, and which part of the network that goes through.</summary>
internal interface IBatchInput
{
    /// <summary>The batches of an epoch, in order; ends early when <paramref name="stop"/> is called.</summary>
    IEnumerable<Batch> Produce(int epoch, IReadOnlyList<int[]> batches, CancellationToken stop);

    /// <summary>A batch of N as torch takes it: N x what one crop is.</summary>
    Tensor ToTensor(Batch batch);

    /// <summary>The logits of such a tensor, or of a part of it: N x classes.</summary>
    Tensor Logits(Tensor input);

    /// <summary>What the network says of crops as they are.</summary>
    Predictions Predict(IReadOnlyList<LabelledCrop> crops);
}
