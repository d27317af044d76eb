namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// A tensor of the graph that is being written. It is written when its name is first asked for and not before: until then a normalisation
/// can still be folded into it, and what nobody needs is never written.
/// </summary>
/// <param name="shape">Its dimensions without the batch: channels, height, width; or one length.</param>
/// <param name="suggestedName">What it is called unless <see cref="NameIs"/> says otherwise.</param>
/// <param name="write">Writes the node whose output has the given name.</param>
internal sealed class GraphValue(long[] shape, string suggestedName, Action<string> write)
{
    private string _name = suggestedName;

    /// <summary>Dimensions without the batch.</summary>
    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>The layer with weights whose output this is, if a normalisation may be folded into it.</summary>
    public FoldableLayer? Foldable { get; init; }

    /// <summary>Whether it stands in the graph.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>What the value is or will be called; unlike <see cref="Written"/> this writes nothing.</summary>
    public string Name => _name;

    /// <summary>The name of the tensor, which stands in the graph from now on.</summary>
    public string Written
    {
        get
        {
            if (!IsWritten)
            {
                IsWritten = true;
                write(_name);
            }
            return _name;
        }
    }

    /// <summary>Decides the name, before the value is written.</summary>
    public void NameIs(string name)
    {
        if (IsWritten && name != _name) throw new InvalidOperationException($"'{_name}' is written already and cannot be called '{name}'.");
        _name = name;
    }
}
