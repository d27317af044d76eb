using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Evaluation;

/// <summary>Asks a network about crops, as the host would: no augmentation, one preprocessing.</summary>
internal static class Evaluator
{
    /// <summary>The network's answers.</summary>
    /// <param name="network">The network; it is left in evaluation mode.</param>
    /// <param name="crops">The crops.</param>
    /// <param name="preprocessor">The one it was trained with.</param>
    /// <param name="batch">Crops at a time, 1 or more.</param>
    public static Predictions Predict(FaceNetwork network, IReadOnlyList<LabelledCrop> crops, Preprocessor preprocessor, int batch)
    {
        float[] logits = Ask(network, network.forward, crops, preprocessor, batch);
        return new Predictions([.. logits.Chunk(network.Classes)], [.. crops.Select(crop => crop.Label)]);
    }

    /// <summary>The embeddings, one after the other: crops x <see cref="FaceNetwork.EmbeddingLength"/>.</summary>
    /// <inheritdoc cref="Predict"/>
    public static float[] Embed(FaceNetwork network, IReadOnlyList<LabelledCrop> crops, Preprocessor preprocessor, int batch) =>
        Ask(network, network.Embed, crops, preprocessor, batch);

    private static float[] Ask(FaceNetwork network, Func<Tensor, Tensor> question, IReadOnlyList<LabelledCrop> crops,
        Preprocessor preprocessor, int batch)
    {
        network.eval();
        using var noGradient = no_grad();
        var answers = new List<float>();
        int size = preprocessor.Settings.Size, length = preprocessor.TensorLength;
        foreach (LabelledCrop[] chunk in crops.Chunk(batch))
        {
            using var scope = NewDisposeScope();
            var tensor = new float[chunk.Length * length];
            for (int i = 0; i < chunk.Length; i++) preprocessor.WriteTensor(chunk[i].Pixels, tensor.AsSpan(i * length, length));
            answers.AddRange(question(TorchOperations.Copy(tensor, chunk.Length, preprocessor.Settings.Channels, size, size)).data<float>()
                .ToArray());
        }
        return [.. answers];
    }
}
