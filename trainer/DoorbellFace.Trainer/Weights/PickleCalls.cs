namespace DoorbellFace.Trainer.Weights;

/// <summary>The names that a pickle of weights may use, and what becomes of them. Nothing is looked up, loaded or run.</summary>
internal sealed class PickleCalls
{
    /// <summary>A reference to stored elements has five or six parts; a tensor's arguments are seven at most.</summary>
    private const int MostArguments = 8;

    private const int LongestKey = 300;

    private const string OrderedDictionary = "collections.OrderedDict", Size = "torch.Size";
    private const string Tensor = "torch._utils._rebuild_tensor", TensorWithGradient = "torch._utils._rebuild_tensor_v2",
        Parameter = "torch._utils._rebuild_parameter";

    private static readonly Dictionary<string, ElementType> Storages = new()
    {
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.BoolStorage"] = ElementType.Boolean,
    };

    private long _pairsLeft;

    /// <summary>Begins.</summary>
    /// <param name="mostPairs">Most entries that all dictionaries made from lists may have together.</param>
    public PickleCalls(long mostPairs) => _pairsLeft = mostPairs;

    /// <summary>The name, if it is one that weights need.</summary>
    /// <exception cref="InvalidWeightFileException">It is not.</exception>
    public static PickleGlobal Global(string name) =>
        name is OrderedDictionary or Size or Tensor or TensorWithGradient or Parameter || Storages.ContainsKey(name)
            ? new PickleGlobal(name)
            : throw new InvalidWeightFileException(
                $"it asks for '{Printable.Text(name)}', which is no tensor, and nothing out of such a file is run. Weights alone are "
                + $"needed: in Python, torch.save(network.state_dict(), FILE).");

    /// <summary>What a function makes of its arguments.</summary>
    public object Call(object? function, object? arguments)
    {
        if (function is not PickleGlobal global || arguments is not PickleSequence { Items: { Count: <= MostArguments } given })
            throw Senseless("what is called is no function");
        switch (global.Name)
        {
            case OrderedDictionary when given.Count == 0:
                return new PickleDictionary([]);
            case OrderedDictionary when given is [PickleSequence { Items: var pairs }]:
                // As Python 2 wrote it: a list of pairs. One list may be used again and again, so the pairs are counted.
                _pairsLeft -= pairs.Count;
                if (_pairsLeft < 0) throw Senseless("it repeats itself");
                var dictionary = new PickleDictionary([]);
                foreach (object? pair in pairs)
                {
                    if (pair is PickleSequence { Items: [string key, var value] } && IsKey(key)) dictionary.Entries[key] = value;
                }
                return dictionary;
            case Size when given is [PickleSequence size]:
                return size;
            case Parameter when given is [PickleTensor tensor, ..]:
                return tensor;
            case Tensor or TensorWithGradient when given
                is [PickleStorage storage, long offset, PickleSequence shape, PickleSequence strides, ..]:
                return new PickleTensor(storage, offset, Numbers(shape), Numbers(strides));
            default:
                throw Senseless($"{global.Name} is called with other arguments than it takes");
        }
    }

    /// <summary>
    /// Whether a text is short enough for a key: one long text, used again and again, would take more time than the file has bytes.
    /// </summary>
    public static bool IsKey(string text) => text.Length <= LongestKey;

    /// <summary>
    /// Elements that are stored elsewhere, from torch's tuple: "storage", class, key, device, number of elements, in old files a view.
    /// </summary>
    public static PickleStorage Storage(object? identity)
    {
        if (identity
            is not PickleSequence { Items: { Count: <= MostArguments }
            and ["storage", PickleGlobal kind, string key, _, long elements, .. var more] }
            || !Storages.TryGetValue(kind.Name, out ElementType type) || elements < 0 || !IsKey(key))
            throw Senseless("a reference that is not to stored elements");
        return more switch
        {
            [] or [null] => new PickleStorage(key, type, elements, First: 0),
            [PickleSequence { Items: [_, long first, long length] }] when first >= 0 && length >= 0 && first <= elements - length =>
                new PickleStorage(key, type, length, first),
            _ => throw Senseless("a view of stored elements that does not fit them"),
        };
    }

    private static long[] Numbers(PickleSequence sequence) => sequence.Items.Count > MostArguments
        ? throw Senseless("a tensor with more dimensions than there are")
        : [.. sequence.Items.Select(item => item is long number ? number : throw Senseless("a size that is no number"))];

    private static InvalidWeightFileException Senseless(string what) => new($"its index makes no sense: {what}.");
}
