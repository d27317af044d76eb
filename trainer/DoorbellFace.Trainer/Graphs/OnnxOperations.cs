using DoorbellFace.Trainer.Network;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// Writes down what a network does, as nodes of an ONNX graph, the way it works in evaluation: dropout is nothing, normalisations are
/// fixed.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="encoding">How weights and activations are kept.</param>
/// <param name="network">Whose layers they are; tensors are called by its names.</param>
/// <param name="scaledLayer">A layer whose output is scaled, or null.</param>
/// <param name="scale">By how much.</param>
internal sealed class OnnxOperations(OnnxGraph graph, WeightEncoding encoding, nn.Module network, nn.Module? scaledLayer = null,
    float scale = 1) : ILayerOperations<GraphValue>
{
    private readonly Dictionary<nn.Module, string> _layerNames =
        network.named_modules().DistinctBy(entry => entry.module, ReferenceEqualityComparer.Instance)
            .ToDictionary(entry => entry.module, entry => entry.name, (IEqualityComparer<nn.Module>)ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, int> _namesUsed = [];

    /// <inheritdoc/>
    public GraphValue Layer(nn.Module<Tensor, Tensor> layer, GraphValue input) => layer switch
    {
        Conv2d convolution =>
            WithWeights(convolution,
                new FoldableLayer(_layerNames[convolution], input, FoldableLayer.Numbers(convolution.weight!), convolution.weight!.shape,
                BiasOf(convolution.bias))),
        Linear linear =>
            WithWeights(linear,
                new FoldableLayer(_layerNames[linear], input, FoldableLayer.Numbers(linear.weight!), linear.weight!.shape,
                BiasOf(linear.bias))),
        NormBase normalization =>
            input.Foldable is { } foldable ? WithWeights(null, foldable.Then(normalization), input) : WrittenOut(normalization, input),
        ReLU => Activate(Activation.Relu, input),
        Hardswish => Activate(Activation.HardSwish, input),
        SiLU => Activate(Activation.Silu, input),
        MaxPool2d pool => Pool("MaxPool", "pooled", input, pool.kernel_size, pool.stride, pool.padding, pool.ceil_mode),
        AvgPool2d pool =>
            Pool("AveragePool", "mean", input, pool.kernel_size, pool.stride, pool.padding, pool.ceil_mode,
                OnnxAttribute.One("count_include_pad", pool.count_include_pad ? 1 : 0)),
        Dropout or StochasticDepth => input,
        _ => throw new NotSupportedException($"A layer of the kind {layer.GetType().Name} cannot be exported yet."),
    };

    /// <inheritdoc/>
    public GraphValue Activate(Activation activation, GraphValue input) => activation switch
    {
        Activation.Relu => Node("Relu", "relu", [.. input.Shape], input.Name, () => [input.Written]),
        Activation.Sigmoid => Node("Sigmoid", "sigmoid", [.. input.Shape], input.Name, () => [Quantized(input)]),
        // ONNX's default for alpha is 0.2; torch's is 1/6.
        Activation.HardSigmoid =>
            Node("HardSigmoid", "hardsigmoid", [.. input.Shape], input.Name, () => [Quantized(input)], OnnxAttribute.Real("alpha", 1f / 6),
                OnnxAttribute.Real("beta", 0.5f)),
        Activation.HardSwish => Node("HardSwish", "hardswish", [.. input.Shape], input.Name, () => [Quantized(input)]),
        Activation.Silu => Multiply(input, Activate(Activation.Sigmoid, input)),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    /// <inheritdoc/>
    public GraphValue AveragePool(int edge, GraphValue input)
    {
        long channels = input.Shape[0], height = input.Shape[1], width = input.Shape[2];
        if (edge == 1) return Node("GlobalAveragePool", "mean", [channels, 1, 1], input.Name, () => [Quantized(input)]);
        if (height == edge && width == edge) return input;
        if (height % edge == 0 && width % edge == 0)
        {
            long[] kernel = [height / edge, width / edge];
            return Pool("AveragePool", "mean", input, kernel, kernel, [0, 0], ceilMode: false);
        }

        // Rectangles that overlap: the mean over rows and the mean over columns, each a matrix. ONNX has no operator for it.
        GraphValue rows =
            Node("MatMul", "rows", [channels, edge, width], input.Name, () => [Averages(edge, height, isTransposed: false), input.Written]);
        return Node("MatMul", "mean", [channels, edge, edge], input.Name, () => [rows.Written, Averages(edge, width, isTransposed: true)]);
    }

    /// <inheritdoc/>
    public GraphValue Flatten(GraphValue input) =>
        Node("Flatten", "flat", [input.Shape.Aggregate(1L, (product, size) => product * size)], input.Name, () => [input.Written],
            OnnxAttribute.One("axis", 1));

    /// <inheritdoc/>
    public GraphValue Add(GraphValue one, GraphValue other) =>
        Node("Add", "sum", [.. one.Shape], one.Name, () => [Quantized(one), Quantized(other)]);

    /// <inheritdoc/>
    public GraphValue Multiply(GraphValue value, GraphValue factor) =>
        Node("Mul", "product", [.. value.Shape], value.Name, () => [Quantized(value), Quantized(factor)]);

    /// <inheritdoc/>
    public GraphValue Normalize(GraphValue input) =>
        Node("LpNormalization", "direction", [.. input.Shape], input.Name, () => [input.Written], OnnxAttribute.One("axis", 1),
            OnnxAttribute.One("p", 2));

    /// <inheritdoc/>
    public GraphValue Concatenate(IReadOnlyList<GraphValue> values)
    {
        // A block hands over the list that it goes on adding to.
        GraphValue[] all = [.. values];
        return all.Length == 1
            ? all[0]
            : Node("Concat", "concat", [all.Sum(value => value.Shape[0]), .. all[0].Shape.Skip(1)], all[^1].Name,
                () => [.. all.Select(Quantized)], OnnxAttribute.One("axis", 1));
    }

    /// <inheritdoc/>
    public void Release(GraphValue value)
    {
    }

    private static float[]? BiasOf(Parameter? bias) => bias is null ? null : FoldableLayer.Numbers(bias);

    private string Quantized(GraphValue value) => encoding.Activation(value.Written);

    private GraphValue Node(string operation, string suffix, long[] shape, string after, Func<string[]> inputs,
        params OnnxAttribute[] attributes) =>
        new(shape, Unique($"{after}.{suffix}"), name => graph.Node(operation, inputs(), name, attributes));

    /// <summary>
    /// The output of a layer with weights; <paramref name="before"/> is its output without the normalisation that was folded.
    /// </summary>
    private GraphValue WithWeights(nn.Module? layer, FoldableLayer foldable, GraphValue? before = null)
    {
        if (layer is not null && ReferenceEquals(layer, scaledLayer)) foldable = foldable.Scaled(scale);
        bool isConvolution = foldable.Shape.Length == 4;
        var convolution = isConvolution ? (Conv2d)_layerNames.First(entry => entry.Value == foldable.Name).Key : null;
        long[] shape = before is not null ? [.. before.Shape] : convolution is null
            ? [foldable.Shape[0]]
            : OutputShape(convolution, foldable.Input.Shape);
        string name = before is null ? Unique(foldable.Name) : NameAfterFolding(before);
        return new GraphValue(shape, name, written => WriteWithWeights(foldable, convolution, written)) { Foldable = foldable };
    }

    /// <summary>
    /// The folded layer is called as the layer; should that be needed without the normalisation too, it gets another name.
    /// </summary>
    private string NameAfterFolding(GraphValue before)
    {
        string name = before.Name;
        if (before.IsWritten) return Unique(name);
        before.NameIs(Unique(name + ".raw"));
        return name;
    }

    private void WriteWithWeights(FoldableLayer foldable, Conv2d? convolution, string name)
    {
        string input = Quantized(foldable.Input);
        string weights = encoding.Weights(foldable.Name + ".weight", foldable.Weights, foldable.Shape);
        List<string> inputs = [input, weights];
        if (foldable.Bias is not null) inputs.Add(encoding.Bias(foldable.Name + ".bias", foldable.Bias, input, weights));
        if (convolution is null)
        {
            graph.Node("Gemm", [.. inputs], name, OnnxAttribute.One("transB", 1));
            return;
        }
        graph.Node(
            "Conv",
            [.. inputs],
            name,
            OnnxAttribute.List("kernel_shape", foldable.Shape[2..]),
            OnnxAttribute.List("strides", convolution.stride),
            OnnxAttribute.List("dilations", convolution.dilation),
            OnnxAttribute.One("group", convolution.groups),
            Padding(convolution.padding!));
    }

    private static long[] OutputShape(Conv2d convolution, IReadOnlyList<long> input) =>
    [
        convolution.out_channels,
        .. Enumerable.Range(0, 2).Select(i => OutputEdge(
            input[i + 1], (convolution.dilation[i] * (convolution.kernel_size[i] - 1)) + 1, convolution.stride[i], convolution.padding![i],
                ceilMode: false)),
    ];

    private static long OutputEdge(long input, long kernel, long stride, long padding, bool ceilMode) =>
        ((input + (2 * padding) - kernel + (ceilMode ? stride - 1 : 0)) / stride) + 1;

    /// <summary>A normalisation behind something else than a layer with weights.</summary>
    private GraphValue WrittenOut(NormBase normalization, GraphValue input)
    {
        string layer = _layerNames[normalization];
        string[] Inputs()
        {
            string Constant(string name, Tensor values) =>
                graph.Constant($"{layer}.{name}", FoldableLayer.Numbers(values), normalization.num_features);
            return
            [
                input.Written, Constant("weight", normalization.weight!), Constant("bias", normalization.bias!),
                    Constant("mean", normalization.running_mean!), Constant("variance", normalization.running_var!),
            ];
        }
        return new GraphValue([.. input.Shape], Unique(layer), name =>
            graph.Node("BatchNormalization", Inputs(), name, OnnxAttribute.Real("epsilon", (float)normalization.eps)));
    }

    private GraphValue Pool(string operation, string suffix, GraphValue input, long[] kernel, long[]? stride, long[]? padding,
        bool ceilMode, params OnnxAttribute[] more)
    {
        long[] sizes = Pair(kernel), strides = Pair(stride ?? kernel), margins = Pair(padding ?? [0]);
        long[] shape =
            [input.Shape[0],
                .. Enumerable.Range(0, 2).Select(i => OutputEdge(input.Shape[i + 1], sizes[i], strides[i], margins[i], ceilMode))];
        return Node(
            operation,
            suffix,
            shape,
            input.Name,
            () => [Quantized(input)],
            [OnnxAttribute.List("kernel_shape", sizes), OnnxAttribute.List("strides", strides), Padding(margins),
                OnnxAttribute.One("ceil_mode", ceilMode ? 1 : 0), .. more]);
    }

    private static long[] Pair(long[] values) => values.Length == 1 ? [values[0], values[0]] : values;

    private static OnnxAttribute Padding(long[] margins) => OnnxAttribute.List("pads", margins[0], margins[1], margins[0], margins[1]);

    /// <summary>
    /// A matrix that takes means as torch's adaptive pooling does: place i of n covers floor(i size / n) to ceil((i + 1) size / n).
    /// </summary>
    private string Averages(int places, long size, bool isTransposed)
    {
        var matrix = new float[places * size];
        for (int place = 0; place < places; place++)
        {
            long start = place * size / places, end = (((place + 1) * size) + places - 1) / places;
            for (long i = start; i < end; i++) matrix[isTransposed ? (i * places) + place : (place * size) + i] = 1f / (end - start);
        }
        return isTransposed
            ? graph.Constant(Unique("average.columns"), matrix, size, places)
            : graph.Constant(Unique("average.rows"), matrix, places, size);
    }

    private string Unique(string name)
    {
        int used = _namesUsed[name] = _namesUsed.GetValueOrDefault(name) + 1;
        return used == 1 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}.{used}");
    }
}
