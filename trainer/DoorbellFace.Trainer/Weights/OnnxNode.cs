namespace DoorbellFace.Trainer.Weights;

/// <summary>A step of an ONNX file's graph.</summary>
/// <param name="Operation">What it does, such as "Conv".</param>
/// <param name="Inputs">Names of what it takes: values and constants.</param>
/// <param name="Outputs">Names of what it makes.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    // onnx.proto of onnx/onnx, release 1.16: GraphProto.node = 1, NodeProto.
    private const int NodeField = 1, InputField = 1, OutputField = 2, OperationField = 4;

    /// <summary>All steps, in the file's order. Their settings are not read.</summary>
    /// <exception cref="InvalidWeightFileException">It is no such file.</exception>
    public static IReadOnlyList<OnnxNode> AllIn(byte[] file) =>
    [
        .. from graph in ProtobufFields.Messages(file, new Range(0, file.Length), OnnxInitializers.GraphField)
           from node in ProtobufFields.Messages(file, graph, NodeField)
           select In(file, node),
    ];

    private static OnnxNode In(byte[] file, Range node)
    {
        string[] Texts(int field) => [.. ProtobufFields.Messages(file, node, field).Select(content => ProtobufFields.Text(file, content))];
        return new OnnxNode(Texts(OperationField).FirstOrDefault() ?? "", Texts(InputField), Texts(OutputField));
    }
}
