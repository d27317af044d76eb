using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Export;

/// <summary>
/// Writes <see cref="LandmarkNetwork"/> as an ONNX graph: input N x 1 x 56 x 56; outputs face (N x 1, a logit) and landmarks (N x 10). Batch
/// normalisation is folded into the convolutions before it: in evaluation it is a fixed scale and offset for each channel.
/// </summary>
internal sealed class LandmarkGraph
{
    /// <summary>Names of the input and the outputs.</summary>
    public const string InputName = "input", FaceName = "face", LandmarksName = "landmarks";

    private const float NormalizationEpsilon = 1e-5f;

    private readonly Dictionary<string, Tensor> _state;
    private readonly OnnxGraph _graph = new(nameof(LandmarkNetwork));
    private readonly WeightEncoding _encoding;

    private LandmarkGraph(LandmarkNetwork network, Precision precision)
    {
        _state = network.state_dict();
        _encoding = WeightEncoding.For(precision, _graph, new Dictionary<string, ActivationRange>());
    }

    /// <summary>The whole file.</summary>
    /// <param name="network">The weights; not changed.</param>
    /// <param name="precision">How the weights are kept: fp32 or fp16.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public static byte[] ToModel(LandmarkNetwork network, Precision precision, IReadOnlyDictionary<string, string> metadata)
    {
        var writer = new LandmarkGraph(network, precision);
        writer.Write();
        return writer._graph.ToModel(ProgramVersion.Text, metadata);
    }

    private void Write()
    {
        _graph.Input(InputName, 1, LandmarkNetwork.Size, LandmarkNetwork.Size);
        _graph.Output(FaceName, 1);
        _graph.Output(LandmarksName, LandmarkNetwork.Coordinates);
        string features = InputName, before = InputName;
        for (int i = 0; i < LandmarkNetwork.Convolutions.Count; i++)
        {
            string output = Convolution(features, $"conv{i + 1}", $"bn{i + 1}", LandmarkNetwork.Convolutions[i].Stride);
            if (LandmarkNetwork.Convolutions[i].Carries) output = _graph.Node("Add", [output, before], $"sum{i + 1}");
            (before, features) = (features, Relu(output));
        }
        string flat = _graph.Node("Flatten", [features], "flat", OnnxAttribute.One("axis", 1));
        string hidden = Relu(Linear(flat, "hidden", "hidden"));
        Linear(hidden, "face", FaceName);
        Linear(hidden, "landmarks", LandmarksName);
    }

    private string Relu(string input) => _graph.Node("Relu", [input], input + ".relu");

    private string Convolution(string input, string name, string normalization, int stride)
    {
        Tensor tensor = _state[name + ".weight"];
        float[] weights = Numbers(tensor);
        float[] scale = Numbers(_state[normalization + ".weight"]), offset = Numbers(_state[normalization + ".bias"]);
        float[] mean = Numbers(_state[normalization + ".running_mean"]), variance = Numbers(_state[normalization + ".running_var"]);
        var bias = new float[scale.Length];
        int perChannel = weights.Length / bias.Length;
        for (int channel = 0; channel < bias.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + NormalizationEpsilon);
            foreach (ref float weight in weights.AsSpan(channel * perChannel, perChannel)) weight = (float)(weight * factor);
            bias[channel] = (float)(offset[channel] - (mean[channel] * factor));
        }
        string[] inputs = [input, _encoding.Weights(name + ".weight", weights, tensor.shape), _graph.Constant(name + ".bias", bias, bias.Length)];
        return _graph.Node(
            "Conv", inputs, name, OnnxAttribute.List("kernel_shape", 3, 3), OnnxAttribute.List("strides", stride, stride), OnnxAttribute.List("pads", 1, 1, 1, 1));
    }

    private string Linear(string input, string name, string output)
    {
        Tensor tensor = _state[name + ".weight"];
        float[] bias = Numbers(_state[name + ".bias"]);
        string[] inputs = [input, _encoding.Weights(name + ".weight", Numbers(tensor), tensor.shape), _graph.Constant(name + ".bias", bias, bias.Length)];
        return _graph.Node("Gemm", inputs, output, OnnxAttribute.One("transB", 1));
    }

    private static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
