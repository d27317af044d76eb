using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>Features that were computed once, which go through the last layer only.</summary>
internal sealed class FeatureInput(FaceNetwork network, FrozenFeatures features, IReadOnlyList<LabelledCrop> trainCrops,
    int batch) : IBatchInput
{
    /// <inheritdoc/>
    public IEnumerable<Batch> Produce(int epoch, IReadOnlyList<int[]> batches, CancellationToken stop)
    {
        foreach (int[] indices in batches)
        {
            if (stop.IsCancellationRequested) yield break;
            yield return Join([.. indices.Select(index => trainCrops[index])], crop => features.Augmented(crop, epoch));
        }
    }

    /// <inheritdoc/>
    public Tensor ToTensor(Batch joined) => TorchOperations.Copy(joined.Tensor, [joined.Labels.Length, .. features.Shape]);

    /// <inheritdoc/>
    public Tensor Logits(Tensor input) => network.Head(input);

    /// <inheritdoc/>
    public Predictions Predict(IReadOnlyList<LabelledCrop> crops)
    {
        network.eval();
        using var noGradient = no_grad();
        var logits = new List<float[]>(crops.Count);
        foreach (LabelledCrop[] chunk in crops.Chunk(batch))
        {
            using var scope = NewDisposeScope();
            logits.AddRange(network.Head(ToTensor(Join(chunk, features.Plain))).data<float>().ToArray().Chunk(network.Classes));
        }
        return new Predictions(logits, [.. crops.Select(crop => crop.Label)]);
    }

    private Batch Join(LabelledCrop[] crops, Func<LabelledCrop, float[]> featuresOf)
    {
        var joined = new float[crops.Length * features.Length];
        for (int i = 0; i < crops.Length; i++) featuresOf(crops[i]).CopyTo(joined, i * features.Length);
        return new Batch(joined, [.. crops.Select(crop => (long)crop.Label)]);
    }
}
