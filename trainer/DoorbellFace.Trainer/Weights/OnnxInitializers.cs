using System.Text;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// The constants of an ONNX file (onnx.proto of onnx/onnx, release 1.16: ModelProto.graph = 7, GraphProto.initializer = 5, TensorProto).
/// Only those with raw data are read, which are all that <see cref="Export.OnnxGraph"/> writes. Weights that stand there as 16-bit floats
/// with a node that widens them have the name of the widened ones.
/// </summary>
internal static class OnnxInitializers
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private const int GraphField = 7, InitializerField = 5, DimensionField = 1, TypeField = 2, NameField = 8, RawField = 9;
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
        var tensors = new OrderedDictionary<string, StoredTensor>();
        foreach (Field graph in Fields(bytes, new Range(0, bytes.Length)).Where(field => field is { Number: GraphField, Kind: Delimited }))
        {
            foreach (Field tensor in Fields(bytes, graph.Content).Where(field => field is { Number: InitializerField, Kind: Delimited }))
            {
                if (TensorIn(bytes, tensor.Content) is not { } found) continue;
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
        foreach (Field field in Fields(bytes, content))
        {
            switch (field.Number, field.Kind)
            {
                case (DimensionField, Varint): shape.Add(field.Value); break;
                // Several numbers in one field, as other writers keep them.
                case (DimensionField, Delimited): shape.AddRange(Packed(bytes, field.Content)); break;
                case (TypeField, Varint): type = field.Value; break;
                case (NameField, Delimited): name =
                    Encoding.UTF8.GetString(bytes, field.Content.Start.Value, field.Content.End.Value - field.Content.Start.Value); break;
                case (RawField, Delimited): raw = field.Content; break;
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

    /// <summary>The fields of a message, in order; of a field with content, where that lies.</summary>
    private static IEnumerable<Field> Fields(byte[] bytes, Range message)
    {
        int at = message.Start.Value, end = message.End.Value;
        while (at < end)
        {
            ulong key = Number(bytes, ref at, end);
            int kind = (int)(key & 7);
            long number = (long)(key >> 3);
            switch (kind)
            {
                case Varint:
                    yield return new Field(number, kind, (long)Number(bytes, ref at, end), default);
                    break;
                case Delimited:
                    ulong length = Number(bytes, ref at, end);
                    if (length > (ulong)(end - at)) throw Damaged();
                    yield return new Field(number, kind, 0, new Range(at, at + (int)length));
                    at += (int)length;
                    break;
                case Fixed32 or Fixed64:
                    at += kind == Fixed32 ? 4 : 8;
                    if (at > end) throw Damaged();
                    break;
                default:
                    throw Damaged();
            }
        }
    }

    private static IEnumerable<long> Packed(byte[] bytes, Range content)
    {
        int at = content.Start.Value, end = content.End.Value;
        while (at < end) yield return (long)Number(bytes, ref at, end);
    }

    private static ulong Number(byte[] bytes, ref int at, int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= end) throw Damaged();
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged();
    }

    private static InvalidWeightFileException Damaged() => new("it is damaged or cut short: its parts do not fit into each other.");

    private readonly record struct Field(long Number, int Kind, long Value, Range Content);
}
