namespace DoorbellFace.Trainer.Graphs;

/// <summary>A named setting of a graph node: one whole number, several, or one number with a fraction.</summary>
/// <param name="Name">As the operator's specification spells it.</param>
/// <param name="Values">The number or numbers.</param>
/// <param name="IsList">Whether the specification asks for a list, even of one.</param>
internal sealed record OnnxAttribute(string Name, IReadOnlyList<long> Values, bool IsList)
{
    /// <summary>The number, where it has a fraction; <see cref="Values"/> is empty then.</summary>
    public float? Number { get; private init; }

    /// <summary>A number with a fraction.</summary>
    public static OnnxAttribute Real(string name, float value) => new(name, [], IsList: false) { Number = value };

    /// <summary>A single whole number.</summary>
    public static OnnxAttribute One(string name, long value) => new(name, [value], IsList: false);

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute List(string name, params long[] values) => new(name, values, IsList: true);
}
