using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Export;

/// <summary>Writes a network as an ONNX graph: input N x 3 x size x size; outputs logits (N x classes) and embedding (N x its length).</summary>
internal static class NetworkGraph
{
    /// <summary>Name of the input.</summary>
    public const string InputName = "input";

    /// <summary>Name of the output with the logits.</summary>
    public const string LogitsName = "logits";

    /// <summary>Name of the output with the embedding.</summary>
    public const string EmbeddingName = "embedding";

    private const int Channels = 3;

    /// <summary>The whole file.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="temperature">Above 0; logits are divided by it, so that their softmax is calibrated.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="ranges">From <see cref="Int8Calibration"/>; needed for <see cref="Precision.Int8"/> only.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(
        FaceNetwork network, int size, float temperature, Precision precision, IReadOnlyDictionary<string, ActivationRange> ranges, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var graph = new OnnxGraph(network.GetName());
        Write(graph, network, size, temperature, WeightEncoding.For(precision, graph, ranges));
        return graph.ToModel(ProgramVersion.Text, metadata);
    }

    /// <summary>A file whose further outputs are all the activations that int8 needs the ranges of.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="activations">Names of those activations, the input among them.</param>
    public static byte[] ToCalibrationModel(FaceNetwork network, int size, out IReadOnlyList<string> activations)
    {
        var graph = new OnnxGraph(network.GetName());
        var recorder = new RecordingEncoding(graph);
        Write(graph, network, size, temperature: 1, recorder);
        activations = recorder.Activations;
        foreach (string activation in activations.Where(name => name is not (InputName or EmbeddingName))) graph.OutputOfAnyShape(activation);
        return graph.ToModel(ProgramVersion.Text, new Dictionary<string, string>());
    }

    private static void Write(OnnxGraph graph, FaceNetwork network, int size, float temperature, WeightEncoding encoding)
    {
        graph.Input(InputName, Channels, size, size);
        graph.Output(LogitsName, network.Classes);
        graph.Output(EmbeddingName, network.EmbeddingLength);

        // What follows the last layer (SqueezeNet's rectifier and mean) scales with it, so the temperature goes into its weights.
        var operations = new OnnxOperations(graph, encoding, network, network.LastLayer, 1 / temperature);
        var input = new GraphValue([Channels, size, size], InputName, _ => { });
        GraphValue features = network.Features(operations, input), embedding = network.Embedding(operations, features);
        embedding.NameIs(EmbeddingName);
        GraphValue logits = network.Head(operations, features);
        logits.NameIs(LogitsName);
        _ = embedding.Written;
        _ = logits.Written;
    }
}
