using System.Buffers.Binary;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// PyTorch's format before version 1.6: five pickles one after the other (a magic number, a version, facts about the machine, the index,
/// the keys of the stored elements), then for each key how many elements there are (8 bytes) and the elements.
/// </summary>
internal static class PthLegacy
{
    private const int Version = 1001;

    /// <summary>Protocol 2, and a number of ten bytes: 0x1950a86a20f9469cfc6c.</summary>
    private static ReadOnlySpan<byte> Magic => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file that begins so is one of these.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads the index.</summary>
    /// <exception cref="InvalidWeightFileException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(FileStream file)
    {
        var start = new byte[Math.Min(file.Length, PickledIndex.LongestBytes)];
        file.ReadExactly(start);
        int position = Magic.Length;
        object? Next()
        {
            var reader = new PickleReader(start.AsMemory(position));
            object? value = reader.Read();
            position += reader.Position;
            return value;
        }
        if (Next() is not (long)Version)
            throw new InvalidWeightFileException(
                $"it begins as PyTorch's old format does, and its version is not {Version}, the only one that was ever used.");
        _ = Next();
        object? root = Next();
        if (Next() is not PickleSequence { Items: var keys })
            throw new InvalidWeightFileException("its list of stored elements is missing.");
        Dictionary<string, Place> places = Places(file, position, keys, root);
        return PickledIndex.Tensors(root, storage =>
            places.TryGetValue(storage.Key, out Place? place) && place.Type == storage.Type
                ? new StoredElements(storage.Type, place.Elements, () => OpenAt(file, place.Start))
                : throw new InvalidWeightFileException($"its elements '{Printable.Text(storage.Key)}' are missing."));
    }

    /// <summary>Where each storage's elements begin. Their size is known from the first tensor that uses them.</summary>
    private static Dictionary<string, Place> Places(FileStream file, long position, List<object?> keys, object? root)
    {
        var types = new Dictionary<string, ElementType>();
        Collect(root, types, depth: 0);
        var places = new Dictionary<string, Place>();
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? item in keys)
        {
            if (item is not string key || !types.TryGetValue(key, out ElementType type))
                throw new InvalidWeightFileException("it stores elements that no tensor uses.");
            file.Position = position;
            if (file.ReadAtLeast(count, sizeof(long), throwOnEndOfStream: false) < sizeof(long)) throw CutShort();
            long elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            position += sizeof(long);
            if (elements < 0 || elements > (file.Length - position) / type.Size()) throw CutShort();
            places[key] = new Place(position, elements, type);
            position += elements * type.Size();
        }
        return places;
    }

    private static void Collect(object? value, Dictionary<string, ElementType> types, int depth)
    {
        if (value is PickleTensor tensor) types.TryAdd(tensor.Storage.Key, tensor.Storage.Type);
        if (value is PickleDictionary dictionary && depth < 2)
        {
            foreach (object? entry in dictionary.Entries.Values) Collect(entry, types, depth + 1);
        }
    }

    private static InvalidWeightFileException CutShort() =>
        new("it ends in the middle of a tensor. It was probably not copied or downloaded to the end.");

    private static FileRange OpenAt(FileStream file, long start) => new(file, start);

    private sealed record Place(long Start, long Elements, ElementType Type);
}
