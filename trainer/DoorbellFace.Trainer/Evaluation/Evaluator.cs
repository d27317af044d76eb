using DoorbellFace.Core.Recognition;
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
        network.eval();
        using var noGradient = no_grad();
        var logits = new List<float[]>(crops.Count);
        int size = preprocessor.Settings.Size, length = preprocessor.TensorLength;
        foreach (LabelledCrop[] chunk in crops.Chunk(batch))
        {
            using var scope = NewDisposeScope();
            var tensor = new float[chunk.Length * length];
            for (int i = 0; i < chunk.Length; i++) preprocessor.WriteTensor(chunk[i].Pixels, tensor.AsSpan(i * length, length));
            float[] answers = network.forward(from_array(tensor).reshape(chunk.Length, preprocessor.Settings.Channels, size, size)).data<float>().ToArray();
            logits.AddRange(answers.Chunk(network.Classes));
        }
        return new Predictions(logits, [.. crops.Select(crop => crop.Label)]);
    }
}
