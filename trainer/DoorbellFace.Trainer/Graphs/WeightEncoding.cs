using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>How tensors are put into the graph: the one thing in which the precisions differ. One object serves one graph.</summary>
/// <param name="graph">Where the constants and nodes go.</param>
internal abstract class WeightEncoding(OnnxGraph graph)
{
    /// <summary>Where the constants and nodes go.</summary>
    protected OnnxGraph Graph { get; } = graph;

    /// <summary>The encoding of a precision.</summary>
    /// <param name="precision">How to keep the weights.</param>
    /// <param name="graph">Where they go.</param>
    /// <param name="ranges">What each activation was seen to reach, by tensor name; needed for <see cref="Precision.Int8"/> only.</param>
    public static WeightEncoding For(Precision precision, OnnxGraph graph, IReadOnlyDictionary<string, ActivationRange> ranges) =>
        precision switch
    {
        Precision.Fp32 => new Float32Encoding(graph),
        Precision.Fp16 => new Float16Encoding(graph),
        Precision.Int8 => new Int8Encoding(graph, ranges),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };

    /// <summary>An activation on its way into a node; returns the name to use in its place.</summary>
    public virtual string Activation(string tensor) => tensor;

    /// <summary>Adds weights, whose first dimension counts the output channels, and returns the name to use.</summary>
    public abstract string Weights(string name, float[] values, long[] shape);

    /// <summary>
    /// Adds the bias that belongs to <paramref name="weights"/> applied to <paramref name="input"/> and returns the name to use.
    /// </summary>
    public virtual string Bias(string name, float[] values, string input, string weights) => Graph.Constant(name, values, values.Length);
}

/// <summary>Everything as it is.</summary>
internal class Float32Encoding(OnnxGraph graph) : WeightEncoding(graph)
{
    public override string Weights(string name, float[] values, long[] shape) => Graph.Constant(name, values, shape);
}

/// <summary>
/// Weights as 16-bit floats with a node that widens them; ONNX Runtime does that once, at loading. Biases are few and stay whole.
/// </summary>
internal sealed class Float16Encoding(OnnxGraph graph) : WeightEncoding(graph)
{
    public override string Weights(string name, float[] values, long[] shape)
    {
        Half[] halves = [.. values.Select(value => (Half)Math.Clamp(value, (float)Half.MinValue, (float)Half.MaxValue))];
        string narrow = Graph.Constant<Half>(name + ".fp16", OnnxElementType.Float16, halves, shape);
        return Graph.Node("Cast", [narrow], name, OnnxAttribute.One("to", (long)OnnxElementType.Float32));
    }
}

/// <summary>As <see cref="Float32Encoding"/>, and remembers which activations an int8 graph will need the ranges of.</summary>
internal sealed class RecordingEncoding(OnnxGraph graph) : Float32Encoding(graph)
{
    private readonly List<string> _activations = [];

    /// <summary>The activations that passed, in the order of their first use.</summary>
    public IReadOnlyList<string> Activations => _activations;

    public override string Activation(string tensor)
    {
        if (!_activations.Contains(tensor)) _activations.Add(tensor);
        return tensor;
    }
}
