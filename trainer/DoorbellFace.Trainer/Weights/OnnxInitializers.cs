namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// The constants of an ONNX file (onnx.proto of onnx/onnx, release 1.16: ModelProto.graph = 7, GraphProto.initializer = 5, TensorProto).
/// Read are those with raw data, which are all that <see cref="Export.OnnxGraph"/> writes, and those with floats in one piece. Weights that
/// stand there as 16-bit floats with a node that widens them have the name of the widened ones.
/// </summary>
internal static class OnnxInitializers
{
    /// <summary>The field of a file that holds its graph.</summary>
    public const int GraphField = 7;

    private const int InitializerField = 5, DimensionField = 1, TypeField = 2, FloatsField = 4, NameField = 8, RawField = 9;
    private const string HalfSuffix = ".fp16";

    private static readonly Dictionary<long, ElementType> Types = new()
    {
        [1] = ElementType.Float32,
        [2] = ElementType.UInt8,
        [3] = ElementType.Int8,
        [5] = ElementType.Int16,
        [6] = ElementType.Int32,
        [7] = ElementType.Int64,
        [9] = ElementType.Boolean,
        [10] = ElementType.Float16,
        [11] = ElementType.Float64,
        [16] = ElementType.BFloat16,
    };

    /// <summary>
    /// Whether a file that begins so is one of these: its first field is the version of the format, its second the producer's name.
    /// </summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start is [0x08, < 0x20, 0x12, ..];

    /// <summary>Reads the index.</summary>
    /// <exception cref="InvalidWeightFileException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(FileStream file)
    {
        if (file.Length > Array.MaxLength) throw new InvalidWeightFileException("it has more than 2 GB.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Read(bytes);
    }

    /// <inheritdoc cref="Read(FileStream)"/>
    public static IReadOnlyDictionary<string, StoredTensor> Read(byte[] file)
    {
        var tensors = new OrderedDictionary<string, StoredTensor>();
        foreach (Range graph in ProtobufFields.Messages(file, new Range(0, file.Length), GraphField))
        {
            foreach (Range content in ProtobufFields.Messages(file, graph, InitializerField))
            {
                if (TensorIn(file, content) is not { } found) continue;
                if (!tensors.TryAdd(found.Name, found.Tensor))
                    throw new InvalidWeightFileException($"the constant '{Printable.Text(found.Name)}' is there twice.");
            }
        }
        return tensors;
    }

    private static (string Name, StoredTensor Tensor)? TensorIn(byte[] bytes, Range content)
    {
        var shape = new List<long>();
        long type = 0;
        string name = "";
        Range? raw = null;
        foreach (ProtobufField field in ProtobufFields.In(bytes, content))
        {
            switch (field.Number, field.Kind)
            {
                case (DimensionField, ProtobufKind.Varint): shape.Add(field.Value); break;
                // Several numbers in one field, as other writers keep them.
                case (DimensionField, ProtobufKind.Delimited): shape.AddRange(ProtobufFields.Packed(bytes, field.Content)); break;
                case (TypeField, ProtobufKind.Varint): type = field.Value; break;
                case (NameField, ProtobufKind.Delimited): name = ProtobufFields.Text(bytes, field.Content); break;
                // Floats lie there as raw data would.
                case (RawField or FloatsField, ProtobufKind.Delimited): raw = field.Content; break;
            }
        }
        if (raw is not { } data || !Types.TryGetValue(type, out ElementType elementType)) return null;
        int start = data.Start.Value, length = data.End.Value - start;
        var elements =
            new StoredElements(elementType, length / elementType.Size(), () => new MemoryStream(bytes, start, length, writable: false));
        long[] sizes = [.. shape];
        var tensor = new StoredTensor(name, sizes, StoredTensor.ContiguousStrides(sizes), offset: 0, elements);
        return (name.EndsWith(HalfSuffix, StringComparison.Ordinal) ? name[..^HalfSuffix.Length] : name, tensor);
    }
}
