using System.Buffers.Binary;
using System.Text.Json;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// The .safetensors format (huggingface/safetensors, "Format"): 8 bytes that say how long the index is, the index in JSON (name to dtype,
/// shape and data_offsets), then the elements without gaps.
/// </summary>
internal static class Safetensors
{
    private const int LengthBytes = sizeof(long), LongestIndex = 16 << 20, DeepestIndex = 8;
    private const string MetadataName = "__metadata__";

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["F32"] = ElementType.Float32,
        ["F64"] = ElementType.Float64,
        ["U8"] = ElementType.UInt8,
        ["I8"] = ElementType.Int8,
        ["I16"] = ElementType.Int16,
        ["I32"] = ElementType.Int32,
        ["I64"] = ElementType.Int64,
        ["BOOL"] = ElementType.Boolean,
    };

    /// <summary>Whether a file that begins so is one of these.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start.Length > LengthBytes && start[LengthBytes] == (byte)'{';

    /// <summary>Reads the index.</summary>
    /// <exception cref="InvalidWeightFileException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(FileStream file)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        file.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > LongestIndex || length > (ulong)(file.Length - LengthBytes))
            throw new InvalidWeightFileException(
                $"its index should have {length} bytes, and the file has {file.Length}; it was probably not copied or downloaded to the "
                + $"end.");
        var index = new byte[length];
        file.ReadExactly(index);
        long start = LengthBytes + (long)length, dataLength = file.Length - start;
        try
        {
            using JsonDocument document = JsonDocument.Parse(index, new JsonDocumentOptions { MaxDepth = DeepestIndex });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Senseless("it is no object");
            return Tensors(document.RootElement, dataLength, offset => new FileRange(file, start + offset));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw Senseless("it is not the JSON that it should be");
        }
    }

    private static OrderedDictionary<string, StoredTensor> Tensors(JsonElement index, long dataLength, Func<long, Stream> openAt)
    {
        var tensors = new OrderedDictionary<string, StoredTensor>();
        var ranges = new List<(long Begin, long End)>();
        foreach (JsonProperty property in index.EnumerateObject())
        {
            if (property.Name == MetadataName) continue;
            string name = Printable.Text(property.Name), type = property.Value.GetProperty("dtype").GetString() ?? "";
            long[] shape = Numbers(property.Value.GetProperty("shape")), offsets = Numbers(property.Value.GetProperty("data_offsets"));
            if (!Types.TryGetValue(type, out ElementType elementType))
                throw Senseless($"'{name}' is of the type '{Printable.Text(type)}', which is not known");
            if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > dataLength)
                throw Senseless($"'{name}' lies outside of the file");
            var tensor =
                new StoredTensor(property.Name, shape, StoredTensor.ContiguousStrides(shape), offset: 0,
                    new StoredElements(elementType, (end - begin) / elementType.Size(), () => openAt(begin)));
            if (tensor.Count * elementType.Size() != end - begin) throw Senseless($"'{name}' has another size than its shape says");
            if (!tensors.TryAdd(property.Name, tensor)) throw Senseless($"'{name}' is there twice");
            ranges.Add((begin, end));
        }
        // The format knows neither gaps nor overlaps: whatever is in the file is seen by everyone who reads it.
        long expected = 0;
        foreach ((long begin, long end) in ranges.Order())
        {
            if (begin != expected) throw Senseless("between its tensors are gaps, or they overlap");
            expected = end;
        }
        return expected == dataLength ? tensors : throw Senseless($"{dataLength - expected} bytes at the end belong to no tensor");
    }

    private static InvalidWeightFileException Senseless(string what) => new($"its index makes no sense: {what}.");

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];
}
