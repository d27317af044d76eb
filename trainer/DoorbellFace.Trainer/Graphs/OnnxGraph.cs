using System.Runtime.InteropServices;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// Writes an ONNX file: constants, nodes in the order of their execution, inputs, outputs and metadata. TorchSharp has no exporter
/// (dotnet/TorchSharp#1281); <see cref="OnnxOperations"/> is ours. Field numbers are those of
/// onnx.proto in onnx/onnx, release 1.16; intermediate version 8 and opset 17 are the pair that release 1.12 introduced.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>Version of the operator set that the nodes are meant for.</summary>
    public const int OperatorSet = 17;

    private const int IntermediateVersion = 8;
    private const int AttributeTypeFloat = 1, AttributeTypeInteger = 2, AttributeTypeIntegers = 7;

    private readonly ProtobufMessage _graph = new();
    private int _nodes;

    /// <summary>Starts a graph.</summary>
    public OnnxGraph(string name) => _graph.Text(2, name);

    /// <summary>Adds a constant tensor and returns its name.</summary>
    /// <param name="name">Unique in the graph.</param>
    /// <param name="type">What the elements are; its size must be that of <typeparamref name="T"/>.</param>
    /// <param name="values">The elements, the last dimension running fastest.</param>
    /// <param name="shape">The dimensions; none for a scalar.</param>
    public string Constant<T>(string name, OnnxElementType type, ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
            throw new ArgumentException($"Constant '{name}' holds {values.Length} elements; its shape is [{string.Join(", ", shape)}].",
                nameof(values));
        var tensor = new ProtobufMessage();
        foreach (long size in shape) tensor.Integer(1, size);
        // Raw data is little-endian by ONNX's definition, as is every machine that libtorch runs on.
        tensor.Integer(2, (long)type).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values));
        _graph.Message(5, tensor);
        return name;
    }

    /// <summary>Adds a constant of 32-bit floats and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Constant(name, OnnxElementType.Float32, values, shape);

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string operation, string[] inputs, string output, params OnnxAttribute[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, $"{operation}_{_nodes++}").Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
        {
            var written = new ProtobufMessage().Text(1, attribute.Name);
            if (attribute.Number is { } number) written.Real(2, number);
            foreach (long value in attribute.Values) written.Integer(attribute.IsList ? 8 : 3, value);
            written.Integer(20, attribute.Number is not null ? AttributeTypeFloat : attribute.IsList
                ? AttributeTypeIntegers
                : AttributeTypeInteger);
            node.Message(5, written);
        }
        _graph.Message(1, node);
        return output;
    }

    /// <summary>Declares the input: float32, any number of <paramref name="sizes"/>.</summary>
    public void Input(string name, params long[] sizes) => _graph.Message(11, BatchOf(name, sizes));

    /// <summary>Declares an output: float32, any number of <paramref name="sizes"/>.</summary>
    public void Output(string name, params long[] sizes) => _graph.Message(12, BatchOf(name, sizes));

    /// <summary>Declares an output of which only the element type is said: float32.</summary>
    public void OutputOfAnyShape(string name) =>
        _graph.Message(12, Described(name, new ProtobufMessage().Integer(1, (long)OnnxElementType.Float32)));

    /// <summary>The whole file.</summary>
    /// <param name="producerVersion">Version of this trainer.</param>
    /// <param name="metadata">What goes into the file's metadata map.</param>
    public byte[] ToModel(string producerVersion, IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ProtobufMessage()
            .Integer(1, IntermediateVersion)
            .Text(2, "DoorbellFace.Trainer")
            .Text(3, producerVersion)
            .Message(7, _graph)
            .Message(8, new ProtobufMessage().Text(1, "").Integer(2, OperatorSet));
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            model.Message(14, new ProtobufMessage().Text(1, key).Text(2, value));
        return model.ToArray();
    }

    private static ProtobufMessage BatchOf(string name, long[] sizes)
    {
        var shape = new ProtobufMessage().Message(1, new ProtobufMessage().Text(2, "N"));
        foreach (long size in sizes) shape.Message(1, new ProtobufMessage().Integer(1, size));
        return Described(name, new ProtobufMessage().Integer(1, (long)OnnxElementType.Float32).Message(2, shape));
    }

    private static ProtobufMessage Described(string name, ProtobufMessage tensorType) =>
        new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensorType));
}
