namespace DoorbellFace.Trainer.Weights;

// What a pickle of weights may hold besides null, bool, long, double and string. None of it does anything.

/// <summary>A tuple, or a list.</summary>
/// <param name="Items">In order.</param>
internal sealed record PickleSequence(List<object?> Items);

/// <summary>A dictionary, of which only the entries with text keys are kept.</summary>
/// <param name="Entries">In order of their first appearance.</param>
internal sealed record PickleDictionary(OrderedDictionary<string, object?> Entries);

/// <summary>
/// The name of a Python class or function. Only names out of a short list are read at all; see <see cref="PickleReader"/>.
/// </summary>
/// <param name="Name">Module and name, such as "torch._utils._rebuild_tensor_v2".</param>
internal sealed record PickleGlobal(string Name);

/// <summary>Elements that are stored elsewhere in the file.</summary>
/// <param name="Key">What they are called there.</param>
/// <param name="Type">What they are.</param>
/// <param name="Elements">How many of them belong to it, as the pickle says.</param>
/// <param name="First">The first that belongs to it: views of a storage in old files do not begin at 0.</param>
internal sealed record PickleStorage(string Key, ElementType Type, long Elements, long First);

/// <summary>A tensor made of stored elements.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
