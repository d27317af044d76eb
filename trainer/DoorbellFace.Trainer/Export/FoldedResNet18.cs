using DoorbellFace.Trainer.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Export;

/// <summary>A convolution with the normalisation that follows it worked into its weights.</summary>
/// <param name="Weights">Output channels x input channels x height x width.</param>
/// <param name="Shape">Those four numbers.</param>
/// <param name="Bias">One number for each output channel.</param>
internal sealed record FoldedConvolution(float[] Weights, long[] Shape, float[] Bias);

/// <summary>
/// The weights of a trained network as they are exported: batch normalisation folded into the convolutions before it (in evaluation it is a
/// fixed scale and offset for each channel), and the softmax temperature into the last layer. Plain arrays, independent of torch.
/// </summary>
internal sealed class FoldedResNet18
{
    private readonly Dictionary<string, FoldedConvolution> _convolutions = [];

    private FoldedResNet18(float[] headWeights, float[] headBias)
    {
        HeadWeights = headWeights;
        HeadBias = headBias;
    }

    /// <summary>The last layer's weights: classes x 512.</summary>
    public float[] HeadWeights { get; }

    /// <summary>The last layer's bias: one number for each class.</summary>
    public float[] HeadBias { get; }

    /// <summary>Labels that the network tells apart.</summary>
    public int Classes => HeadBias.Length;

    /// <summary>A convolution by its name in the state dict, such as "layer2.0.conv1".</summary>
    public FoldedConvolution this[string name] => _convolutions[name];

    /// <summary>Whether there is a convolution of that name.</summary>
    public bool Has(string name) => _convolutions.ContainsKey(name);

    /// <summary>Takes the weights out of a network.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="temperature">Above 0; logits are divided by it, so that their softmax is calibrated.</param>
    public static FoldedResNet18 From(ResNet18 network, float temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        Dictionary<string, Tensor> state = network.state_dict();
        var folded = new FoldedResNet18(
            [.. Numbers(state["fc.weight"]).Select(value => value / temperature)],
            [.. Numbers(state["fc.bias"]).Select(value => value / temperature)]);
        foreach (string key in state.Keys.Where(key => state[key].dim() == 4))
        {
            string name = key[..^".weight".Length];
            folded._convolutions[name] = Fold(state, name, NormalizationAfter(name));
        }
        return folded;
    }

    private static FoldedConvolution Fold(Dictionary<string, Tensor> state, string convolution, string normalization)
    {
        float[] weights = Numbers(state[convolution + ".weight"]);
        float[] scale = Numbers(state[normalization + ".weight"]), offset = Numbers(state[normalization + ".bias"]);
        float[] mean = Numbers(state[normalization + ".running_mean"]), variance = Numbers(state[normalization + ".running_var"]);
        var bias = new float[scale.Length];
        int perChannel = weights.Length / bias.Length;
        for (int channel = 0; channel < bias.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + ResNet18.NormalizationEpsilon);
            foreach (ref float weight in weights.AsSpan(channel * perChannel, perChannel)) weight = (float)(weight * factor);
            bias[channel] = (float)(offset[channel] - (mean[channel] * factor));
        }
        return new FoldedConvolution(weights, state[convolution + ".weight"].shape, bias);
    }

    /// <summary>torchvision's names: conv1 is followed by bn1, conv2 by bn2, downsample.0 by downsample.1.</summary>
    private static string NormalizationAfter(string convolution) =>
        convolution.EndsWith("downsample.0", StringComparison.Ordinal)
            ? convolution[..^1] + "1"
            : convolution.Replace("conv", "bn", StringComparison.Ordinal);

    private static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
