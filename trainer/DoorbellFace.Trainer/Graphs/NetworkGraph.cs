using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// Writes a network as an ONNX graph: input N x channels x size x size; outputs logits (N x classes) and embedding (N x its length).
/// </summary>
internal static class NetworkGraph
{
    /// <summary>Name of the input.</summary>
    public const string InputName = "input";

    /// <summary>Name of the output with the logits.</summary>
    public const string LogitsName = "logits";

    /// <summary>Name of the output with the embedding.</summary>
    public const string EmbeddingName = "embedding";

    /// <summary>The whole file.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="temperature">Above 0; logits are divided by it, so that their softmax is calibrated.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="ranges">From <see cref="Int8Calibration"/>; needed for <see cref="Precision.Int8"/> only.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(
        FaceNetwork network, int size, float temperature, Precision precision, IReadOnlyDictionary<string, ActivationRange> ranges,
            IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var graph = new OnnxGraph(network.GetName());
        Write(graph, network, size, temperature, WeightEncoding.For(precision, graph, ranges));
        return graph.ToModel(ProgramVersion.Text, metadata);
    }

    /// <summary>The whole file of the backbone: gray input N x 1 x size x size, one output, the embedding.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="ranges">From <see cref="Int8Calibration"/>; needed for <see cref="Precision.Int8"/> only.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(
        FaceBackbone network, int size, Precision precision, IReadOnlyDictionary<string, ActivationRange> ranges,
            IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(network.GetName());
        Write(graph, network, size, WeightEncoding.For(precision, graph, ranges));
        return graph.ToModel(ProgramVersion.Text, metadata);
    }

    /// <summary>A file whose further outputs are all the activations that int8 needs the ranges of.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    public static CalibrationModel ToCalibrationModel(FaceNetwork network, int size) =>
        Recording(network.GetName(), network.Channels, size, (graph, encoding) => Write(graph, network, size, temperature: 1, encoding));

    /// <inheritdoc cref="ToCalibrationModel(FaceNetwork, int)"/>
    public static CalibrationModel ToCalibrationModel(FaceBackbone network, int size) =>
        Recording(network.GetName(), FaceBackbone.Channels, size, (graph, encoding) => Write(graph, network, size, encoding));

    private static CalibrationModel Recording(string name, int channels, int size, Action<OnnxGraph, WeightEncoding> write)
    {
        var graph = new OnnxGraph(name);
        var recorder = new RecordingEncoding(graph);
        write(graph, recorder);
        foreach (string activation in recorder.Activations.Where(activation => activation is not (InputName or EmbeddingName)))
            graph.OutputOfAnyShape(activation);
        return new CalibrationModel(graph.ToModel(ProgramVersion.Text, new Dictionary<string, string>()), recorder.Activations,
            [1, channels, size, size]);
    }

    private static void Write(OnnxGraph graph, FaceBackbone network, int size, WeightEncoding encoding)
    {
        graph.Input(InputName, FaceBackbone.Channels, size, size);
        graph.Output(EmbeddingName, FaceBackbone.EmbeddingLength);
        var operations = new OnnxOperations(graph, encoding, network);
        GraphValue embedding = network.Describe(operations, new GraphValue([FaceBackbone.Channels, size, size], InputName, _ => { }));
        embedding.NameIs(EmbeddingName);
        _ = embedding.Written;
    }

    private static void Write(OnnxGraph graph, FaceNetwork network, int size, float temperature, WeightEncoding encoding)
    {
        graph.Input(InputName, network.Channels, size, size);
        graph.Output(LogitsName, network.Classes);
        graph.Output(EmbeddingName, network.EmbeddingLength);

        // What follows the last layer (SqueezeNet's rectifier and mean) scales with it, so the temperature goes into its weights.
        var operations = new OnnxOperations(graph, encoding, network, network.LastLayer, 1 / temperature);
        var input = new GraphValue([network.Channels, size, size], InputName, _ => { });
        GraphValue features = network.Features(operations, input), embedding = network.Embedding(operations, features);
        embedding.NameIs(EmbeddingName);
        GraphValue logits = network.Head(operations, features);
        logits.NameIs(LogitsName);
        _ = embedding.Written;
        _ = logits.Written;
    }
}

/// <summary>A graph that says what every activation reaches.</summary>
/// <param name="Model">The file.</param>
/// <param name="Activations">Names of the activations, the input among them.</param>
/// <param name="InputShape">Of one crop: 1 x channels x height x width.</param>
internal sealed record CalibrationModel(byte[] Model, IReadOnlyList<string> Activations, long[] InputShape);
