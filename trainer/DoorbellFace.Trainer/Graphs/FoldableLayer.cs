using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// A convolution or linear layer as plain numbers, with whatever comes after it and only scales and shifts its output worked into them.
/// </summary>
/// <param name="Name">Its name in the state dict, such as "layer2.0.conv1".</param>
/// <param name="Input">What it is applied to.</param>
/// <param name="Weights">The first dimension counts the outputs.</param>
/// <param name="Shape">The dimensions of <paramref name="Weights"/>.</param>
/// <param name="Bias">One number for each output, or null for none.</param>
internal sealed record FoldableLayer(string Name, GraphValue Input, float[] Weights, long[] Shape, float[]? Bias)
{
    /// <summary>Weights and bias multiplied by <paramref name="factor"/>.</summary>
    public FoldableLayer Scaled(float factor) => this with
    {
        Weights = [.. Weights.Select(weight => weight * factor)],
        Bias = Bias is null ? null : [.. Bias.Select(value => value * factor)],
    };

    /// <summary>The layer with a normalisation after it: in evaluation that is a fixed scale and offset for each output.</summary>
    public FoldableLayer Then(NormBase normalization)
    {
        float[] scale = Numbers(normalization.weight!), offset = Numbers(normalization.bias!);
        float[] mean = Numbers(normalization.running_mean!), variance = Numbers(normalization.running_var!);
        var weights = (float[])Weights.Clone();
        var bias = new float[scale.Length];
        int perOutput = weights.Length / bias.Length;
        for (int output = 0; output < bias.Length; output++)
        {
            double factor = scale[output] / Math.Sqrt(variance[output] + normalization.eps);
            foreach (ref float weight in weights.AsSpan(output * perOutput, perOutput)) weight = (float)(weight * factor);
            bias[output] = (float)(offset[output] + (((Bias?[output] ?? 0) - mean[output]) * factor));
        }
        return this with { Weights = weights, Bias = bias };
    }

    /// <summary>The numbers of a tensor.</summary>
    public static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
