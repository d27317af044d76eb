namespace DoorbellFace.Trainer.Export;

/// <summary>A named setting of a graph node: one whole number or several.</summary>
/// <param name="Name">As the operator's specification spells it.</param>
/// <param name="Values">The number or numbers.</param>
/// <param name="IsList">Whether the specification asks for a list, even of one.</param>
internal sealed record OnnxAttribute(string Name, IReadOnlyList<long> Values, bool IsList)
{
    /// <summary>A single number.</summary>
    public static OnnxAttribute One(string name, long value) => new(name, [value], IsList: false);

    /// <summary>A list of numbers.</summary>
    public static OnnxAttribute List(string name, params long[] values) => new(name, values, IsList: true);
}
