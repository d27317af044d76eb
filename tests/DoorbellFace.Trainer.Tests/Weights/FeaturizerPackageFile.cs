using System.IO.Compression;
using System.Runtime.InteropServices;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>
/// Writes a package as ML.NET's is: a zip file with a network as CNTK writes it (floats in place of raw data, constants whose names mean
/// nothing, convolutions that are carried past first) and the graph before it that subtracts the mean picture. Field numbers are those of
/// onnx.proto.
/// </summary>
internal sealed class FeaturizerPackageFile
{
    private const int Float = 1, Integer = 2, Integers = 7;

    private readonly ProtobufMessage _network = new(), _mean = new();
    private readonly Func<string, (long[] Shape, float[] Values)> _weights;
    private int _constants = 500;
    private long _channels;

    /// <summary>Builds both graphs.</summary>
    /// <param name="size">Edge of the input; a multiple of 32.</param>
    /// <param name="blocks">Blocks of each layer.</param>
    /// <param name="weights">The weights by torchvision's names, for blue, green and red from 0 to 255 less the mean picture.</param>
    /// <param name="meanPicture">3 x size x size: blue, green, red.</param>
    public FeaturizerPackageFile(int size, int[] blocks, Func<string, (long[] Shape, float[] Values)> weights, float[] meanPicture)
    {
        _weights = weights;
        string value = Layer("Input247", "conv1", "bn1", 7, stride: 2);
        value = Node(_network, "MaxPool", [Relu(value)], Attribute("kernel_shape", 3, 3), Attribute("strides", 2, 2),
            Attribute("pads", 1, 1, 0, 0));
        for (int layer = 1; layer <= blocks.Length; layer++)
        {
            for (int block = 0; block < blocks[layer - 1]; block++)
                value = Block(value, $"layer{layer}.{block}.", stride: layer > 1 && block == 0 ? 2 : 1);
        }
        Node(_network, "AveragePool", [value], Attribute("kernel_shape", size / 32, size / 32), Attribute("strides", 1, 1));
        Describe(_network, 11, "Input247", 3, size);
        Describe(_network, 12, Output, _channels, 1);

        Node(_mean, "Split", ["Rgb"], ["Red", "Green", "Blue"], Attribute("axis", 1), Attribute("split", 1, 1, 1));
        string bgr = Node(_mean, "Concat", ["Blue", "Green", "Red"], Attribute("axis", 1));
        Node(_mean, "Sub", [bgr, Constant(_mean, [1, 3, size, size], meanPicture)]);
        Describe(_mean, 11, "Rgb", 3, size);
        Describe(_mean, 12, "Sub", 3, size);
    }

    /// <summary>Name of what comes out of the network.</summary>
    private const string Output = "AveragePool";

    /// <summary>Writes the package.</summary>
    /// <param name="path">Where.</param>
    /// <param name="leaveOut">An entry whose name contains this is left out.</param>
    public void Write(string path, string leaveOut = " ")
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, ProtobufMessage graph) in ((string, ProtobufMessage)[])[
            ("tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx", _network),
            ("tools/DnnImageModels/ResNetPrepOnnx/ResNetPreprocess.onnx", _mean), ("LICENSE", new ProtobufMessage().Text(1, "none"))])
        {
            if (name.Contains(leaveOut, StringComparison.Ordinal)) continue;
            using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(Model(graph));
        }
    }

    private static byte[] Model(ProtobufMessage graph) =>
        new ProtobufMessage().Integer(1, 3).Text(2, "CNTK").Message(7, graph)
            .Message(8, new ProtobufMessage().Text(1, "").Integer(2, 8)).ToArray();

    private string Block(string input, string name, int stride)
    {
        string past = stride == 1 ? input : Layer(input, name + "downsample.0", name + "downsample.1", 1, stride);
        string inner = Relu(Layer(input, name + "conv1", name + "bn1", 3, stride));
        return Relu(Node(_network, "Add", [Layer(inner, name + "conv2", name + "bn2", 3, stride: 1), past]));
    }

    private string Relu(string value) => Node(_network, "Relu", [value]);

    /// <summary>A convolution and its normalisation; with a stride it has no padding at the far sides, as CNTK writes it.</summary>
    private string Layer(string input, string convolution, string normalisation, int kernel, int stride)
    {
        int near = kernel / 2, far = Math.Max(0, near - (stride - 1));
        string maps = Node(_network, "Conv", [input, Constant(convolution + ".weight")], Attribute("kernel_shape", kernel, kernel),
            Attribute("strides", stride, stride), Attribute("pads", near, near, far, far));
        string[] parts =
            [.. ((string[])["weight", "bias", "running_mean", "running_var"]).Select(part => Constant($"{normalisation}.{part}"))];
        return Node(_network, "BatchNormalization", [maps, .. parts],
            new ProtobufMessage().Text(1, "epsilon").Real(2, 1e-5f).Integer(20, Float));
    }

    private string Constant(string name)
    {
        (long[] shape, float[] values) = _weights(name);
        _channels = shape[0];
        return Constant(_network, shape, values);
    }

    private string Constant(ProtobufMessage graph, long[] shape, float[] values)
    {
        string name = $"Parameter{_constants -= 3}";
        var tensor = new ProtobufMessage();
        foreach (long size in shape) tensor.Integer(1, size);
        graph.Message(5, tensor.Integer(2, Float).Bytes(4, MemoryMarshal.AsBytes<float>(values)).Text(8, name));
        return name;
    }

    private string Node(ProtobufMessage graph, string operation, string[] inputs, params ProtobufMessage[] attributes)
    {
        string output = operation is Output or "Sub" ? operation : $"{operation}{_constants--}_Output_0";
        Node(graph, operation, inputs, [output], attributes);
        return output;
    }

    private static void Node(ProtobufMessage graph, string operation, string[] inputs, string[] outputs,
        params ProtobufMessage[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs) node.Text(1, input);
        foreach (string output in outputs) node.Text(2, output);
        node.Text(4, operation);
        foreach (ProtobufMessage attribute in attributes) node.Message(5, attribute);
        graph.Message(1, node);
    }

    private static ProtobufMessage Attribute(string name, long value) =>
        new ProtobufMessage().Text(1, name).Integer(3, value).Integer(20, Integer);

    private static ProtobufMessage Attribute(string name, params long[] values)
    {
        var attribute = new ProtobufMessage().Text(1, name);
        foreach (long value in values) attribute.Integer(8, value);
        return attribute.Integer(20, Integers);
    }

    private static void Describe(ProtobufMessage graph, int field, string name, long channels, int size)
    {
        var shape = new ProtobufMessage();
        foreach (long length in (long[])[1, channels, size, size])
            shape.Message(1, new ProtobufMessage().Integer(1, length));
        graph.Message(field, new ProtobufMessage().Text(1, name)
            .Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Integer(1, Float).Message(2, shape))));
    }
}
