using System.Text.RegularExpressions;
using DoorbellFace.Trainer.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// Puts a file of our own backbone's weights back into the network. An exported model has no normalisations any more: each was worked into
/// the layer before it, whose bias is what is left of its offset. Such a layer gets its weights back as they stand, and the normalisation
/// after it becomes the identity with that bias: scale 1, offset the bias, mean 0, variance 1 - eps. The answers are those of the exported
/// model as long as the statistics are held (<see cref="BackboneClassifier.HoldStatistics"/>).
/// </summary>
internal static partial class BackboneWeights
{
    private const string Counter = "num_batches_tracked";

    /// <summary>Takes over every tensor.</summary>
    /// <param name="file">The backbone's own, or a family model's made of it.</param>
    /// <param name="network">The network; its classifier keeps its start values.</param>
    /// <exception cref="InvalidWeightFileException">The file holds another network, or weights too coarse to go on learning
    /// from.</exception>
    public static TransferReport Into(WeightFile file, BackboneClassifier network)
    {
        IReadOnlyList<string> taken = Into(file, network.Backbone);
        Dictionary<string, Tensor> mine = network.Backbone.state_dict();
        return new TransferReport(
            taken, [.. network.LastLayer.state_dict().Keys.Select(name => $"{network.LastLayerName}.{name}")], [],
                taken.Sum(name => mine[name].numel()), network.LastLayer.parameters().Sum(tensor => tensor.numel()), network.LastLayerName);
    }

    /// <summary>Takes over every tensor of the backbone alone.</summary>
    /// <returns>The names of the tensors.</returns>
    /// <inheritdoc cref="Into(WeightFile, BackboneClassifier)"/>
    public static IReadOnlyList<string> Into(WeightFile file, FaceBackbone backbone)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Dictionary<string, Tensor> mine = backbone.state_dict();
        if (file.Tensors.ContainsKey("conv1.weight.int8"))
            throw new InvalidWeightFileException(
                "Its weights are kept as int8, which is too coarse to go on learning from. Start from the fp32 or fp16 export of the same "
                + "network, or from its checkpoint.");
        bool isFolded = !file.Tensors.ContainsKey("bn1.running_mean");
        var taken = new List<string>();
        foreach ((string name, Tensor tensor) in mine.Where(entry => !entry.Key.EndsWith(Counter, StringComparison.Ordinal)))
        {
            string layer = name[..name.LastIndexOf('.')], value = name[(layer.Length + 1)..];
            if (isFolded && LayerBefore(layer) is { } before)
            {
                if (value == "bias") Take(file, before + ".bias", tensor);
                else tensor.fill_(value switch { "weight" => 1, "running_mean" => 0, _ => 1 - Epsilon(backbone, layer) });
            }
            else
            {
                Take(file, name, tensor);
            }
            taken.Add(name);
        }
        return taken;
    }

    /// <summary>
    /// Takes over the mean of several backbones that came from one: it is right more often than each of them on faces that none has
    /// learnt from (Wortsman et al., "Model soups", 2022).
    /// </summary>
    /// <param name="models">Files of exported models, one or more.</param>
    /// <param name="backbone">The network.</param>
    /// <exception cref="InvalidWeightFileException">A file holds another network, or weights too coarse to go on learning from.</exception>
    public static void MeanInto(IReadOnlyList<string> models, FaceBackbone backbone)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var other = new FaceBackbone();
        Dictionary<string, Tensor> mean = backbone.state_dict(), theirs = other.state_dict();
        for (int i = 0; i < models.Count; i++)
        {
            using WeightFile file = WeightFile.Open(models[i]);
            if (i == 0) Into(file, backbone);
            else foreach (string name in Into(file, other)) mean[name].mul_((float)i / (i + 1)).add_(theirs[name] / (i + 1));
        }
    }

    private static void Take(WeightFile file, string name, Tensor target)
    {
        if (!file.Tensors.TryGetValue(name, out StoredTensor? stored))
            throw new InvalidWeightFileException(
                $"The file has no tensor '{name}': it is not of a face backbone. It has "
                + $"{string.Join(", ", file.Tensors.Keys.Take(3).Select(Printable.Text))}, ...");
        IReadOnlyList<long> shape = stored.Shape;
        if (!shape.SequenceEqual(target.shape))
            throw new InvalidWeightFileException(
                $"'{name}' is {string.Join("x", shape)} in the file and {string.Join("x", target.shape)} in the face backbone: these are "
                + $"the weights of another network.");
        using Tensor values = from_array(file.Read(name));
        target.copy_(values.reshape(target.shape));
    }

    private static double Epsilon(FaceBackbone backbone, string layer) =>
        ((TorchSharp.Modules.NormBase)backbone.named_modules().First(entry => entry.name == layer).module).eps;

    /// <summary>The layer that a normalisation was worked into; null for what is none.</summary>
    private static string? LayerBefore(string layer)
    {
        if (layer == "bn2") return "fc";
        if (Downsample().IsMatch(layer)) return layer[..^1] + "0";
        return Normalization().IsMatch(layer) ? Normalization().Replace(layer, "conv$1") : null;
    }

    [GeneratedRegex(@"bn([12])$")]
    private static partial Regex Normalization();

    [GeneratedRegex(@"\.downsample\.1$")]
    private static partial Regex Downsample();
}
