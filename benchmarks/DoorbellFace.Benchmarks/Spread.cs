namespace DoorbellFace.Benchmarks;

/// <summary>Measured values, from the smallest on.</summary>
/// <param name="values">One or more, in any order.</param>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>Half are below.</summary>
    public double Median => _sorted[_sorted.Length / 2];

    /// <summary>95 of 100 are not above.</summary>
    public double Slow => _sorted[Math.Min(_sorted.Length - 1, _sorted.Length * 95 / 100)];

    /// <summary>The largest.</summary>
    public double Worst => _sorted[^1];

    /// <summary>Three cells of a table: median, 95 of 100, worst.</summary>
    public string Milliseconds => FormattableString.Invariant($"{Median:0.0} | {Slow:0.0} | {Worst:0.0}");
}
