using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// Writes <see cref="LandmarkNetwork"/> as an ONNX graph: input N x 1 x 56 x 56; outputs face (N x 1, a logit) and landmarks (N x 10).
/// </summary>
internal static class LandmarkGraph
{
    /// <summary>Names of the input and the outputs.</summary>
    public const string InputName = "input", FaceName = "face", LandmarksName = "landmarks";

    /// <summary>The whole file.</summary>
    /// <param name="network">The weights; not changed.</param>
    /// <param name="precision">How the weights are kept: fp32 or fp16.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(LandmarkNetwork network, Precision precision, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(nameof(LandmarkNetwork));
        graph.Input(InputName, 1, LandmarkNetwork.Size, LandmarkNetwork.Size);
        graph.Output(FaceName, 1);
        graph.Output(LandmarksName, LandmarkNetwork.Coordinates);
        var operations =
            new OnnxOperations(graph, WeightEncoding.For(precision, graph, new Dictionary<string, ActivationRange>()), network);
        (GraphValue face, GraphValue landmarks) =
            network.Describe(operations, new GraphValue([1, LandmarkNetwork.Size, LandmarkNetwork.Size], InputName, _ => { }));
        face.NameIs(FaceName);
        landmarks.NameIs(LandmarksName);
        _ = face.Written;
        _ = landmarks.Written;
        return graph.ToModel(ProgramVersion.Text, metadata);
    }
}
