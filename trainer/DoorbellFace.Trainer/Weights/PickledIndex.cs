namespace DoorbellFace.Trainer.Weights;

/// <summary>What the two formats of .pth files have in common: an index in Python's pickle language.</summary>
internal static class PickledIndex
{
    /// <summary>Longest index that is read. That of DenseNet-121, with 727 tensors, has 100,000 bytes.</summary>
    public const int LongestBytes = 4 << 20;

    /// <summary>Under this name a training's checkpoint keeps the weights among other things.</summary>
    private const string NestedName = "state_dict";

    /// <summary>The tensors that a pickle describes.</summary>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="elementsOf">The elements that a reference means.</param>
    /// <exception cref="InvalidWeightFileException">It is no dictionary of tensors.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Tensors(object? root, Func<PickleStorage, StoredElements> elementsOf)
    {
        if (root is not PickleDictionary dictionary) throw new InvalidWeightFileException("it holds no dictionary of tensors.");
        if (!dictionary.Entries.Values.Any(value => value is PickleTensor) && dictionary.Entries.TryGetValue(NestedName, out object? nested)
            && nested is PickleDictionary inner)
            dictionary = inner;
        var tensors = new OrderedDictionary<string, StoredTensor>();
        foreach ((string name, object? value) in dictionary.Entries)
        {
            if (value is not PickleTensor tensor) continue;
            StoredElements elements = elementsOf(tensor.Storage);
            // A view may only use what belongs to it, and that begins further on.
            if (tensor.Offset < 0 || tensor.Storage.First > elements.Elements - tensor.Storage.Elements)
                throw new InvalidWeightFileException($"the tensor '{Printable.Text(name)}' lies outside of what is stored for it.");
            tensors.Add(name,
                new StoredTensor(name, tensor.Shape, tensor.Strides,
                checked(tensor.Storage.First + Math.Min(tensor.Offset, elements.Elements)), elements));
        }
        return tensors;
    }
}
