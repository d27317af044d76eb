using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Export;

/// <summary>Writes ResNet18 as an ONNX graph: input N x 3 x size x size; outputs logits (N x classes) and embedding (N x 512).</summary>
internal static class ResNet18Graph
{
    /// <summary>Name of the input.</summary>
    public const string InputName = "input";

    /// <summary>Name of the output with the logits.</summary>
    public const string LogitsName = "logits";

    /// <summary>Name of the output with the embedding.</summary>
    public const string EmbeddingName = "embedding";

    private const int Layers = 4, BlocksInLayer = 2;

    /// <summary>The whole file.</summary>
    /// <param name="network">The weights.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="ranges">From <see cref="Int8Calibration"/>; needed for <see cref="Precision.Int8"/> only.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(
        FoldedResNet18 network, int size, Precision precision, IReadOnlyDictionary<string, ActivationRange> ranges, IReadOnlyDictionary<string, string> metadata)
    {
        OnnxGraph graph = Start(network, size);
        Write(graph, network, WeightEncoding.For(precision, graph, ranges));
        return graph.ToModel(ProgramVersion.Text, metadata);
    }

    /// <summary>A file whose further outputs are all the activations that int8 needs the ranges of.</summary>
    /// <param name="network">The weights.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="activations">Names of those activations, the input among them.</param>
    public static byte[] ToCalibrationModel(FoldedResNet18 network, int size, out IReadOnlyList<string> activations)
    {
        OnnxGraph graph = Start(network, size);
        var recorder = new RecordingEncoding(graph);
        Write(graph, network, recorder);
        activations = recorder.Activations;
        foreach (string activation in activations.Where(name => name is not (InputName or EmbeddingName))) graph.OutputOfAnyShape(activation);
        return graph.ToModel(ProgramVersion.Text, new Dictionary<string, string>());
    }

    private static OnnxGraph Start(FoldedResNet18 network, int size)
    {
        var graph = new OnnxGraph(nameof(ResNet18));
        graph.Input(InputName, 3, size, size);
        graph.Output(LogitsName, network.Classes);
        graph.Output(EmbeddingName, ResNet18.EmbeddingLength);
        return graph;
    }

    private static void Write(OnnxGraph graph, FoldedResNet18 network, WeightEncoding encoding)
    {
        string features = graph.Node("Relu", [Convolution(graph, network, encoding, InputName, "conv1", stride: 2, padding: 3)], "stem");
        features = graph.Node("MaxPool", [encoding.Activation(features)], "pooled", Square("kernel_shape", 3), Square("strides", 2), Padding(1));
        for (int layer = 1; layer <= Layers; layer++)
        {
            for (int block = 0; block < BlocksInLayer; block++)
                features = Block(graph, network, encoding, features, $"layer{layer}.{block}", stride: layer > 1 && block == 0 ? 2 : 1);
        }
        string mean = graph.Node("GlobalAveragePool", [encoding.Activation(features)], "mean");
        string embedding = graph.Node("Flatten", [mean], EmbeddingName, OnnxAttribute.One("axis", 1));
        string input = encoding.Activation(embedding);
        string weights = encoding.Weights("fc.weight", network.HeadWeights, [network.Classes, ResNet18.EmbeddingLength]);
        string bias = encoding.Bias("fc.bias", network.HeadBias, input, weights);
        graph.Node("Gemm", [input, weights, bias], LogitsName, OnnxAttribute.One("transB", 1));
    }

    private static string Block(OnnxGraph graph, FoldedResNet18 network, WeightEncoding encoding, string input, string name, int stride)
    {
        string inner = graph.Node("Relu", [Convolution(graph, network, encoding, input, $"{name}.conv1", stride, padding: 1)], $"{name}.inner");
        string output = Convolution(graph, network, encoding, inner, $"{name}.conv2", stride: 1, padding: 1);
        string shortcut = $"{name}.downsample.0";
        string carried = network.Has(shortcut) ? Convolution(graph, network, encoding, input, shortcut, stride, padding: 0) : input;
        string sum = graph.Node("Add", [encoding.Activation(output), encoding.Activation(carried)], $"{name}.sum");
        return graph.Node("Relu", [sum], $"{name}.out");
    }

    private static string Convolution(OnnxGraph graph, FoldedResNet18 network, WeightEncoding encoding, string input, string name, int stride, int padding)
    {
        FoldedConvolution convolution = network[name];
        string activation = encoding.Activation(input);
        string weights = encoding.Weights(name + ".weight", convolution.Weights, convolution.Shape);
        string bias = encoding.Bias(name + ".bias", convolution.Bias, activation, weights);
        return graph.Node("Conv", [activation, weights, bias], name, Square("kernel_shape", convolution.Shape[2]), Square("strides", stride), Padding(padding));
    }

    private static OnnxAttribute Square(string name, long size) => OnnxAttribute.List(name, size, size);

    private static OnnxAttribute Padding(long size) => OnnxAttribute.List("pads", size, size, size, size);
}
