using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>Chance that is fixed by its seed, another for each thing that is painted.</summary>
internal sealed class PaintRandom
{
    private SplitMix64 _bits;

    public PaintRandom(int seed, int thing) => _bits = new SplitMix64(SplitMix64.Mix(((ulong)(uint)seed << 8) | (uint)thing));

    /// <summary>Evenly between two values.</summary>
    public float Between(float low, float high) => low + ((high - low) * _bits.Unit());

    /// <summary>True with that probability.</summary>
    public bool Chance(float probability) => _bits.Unit() < probability;

    /// <summary>One of the values.</summary>
    public T Pick<T>(ReadOnlySpan<T> values) => values[(int)(_bits.Unit() * values.Length)];

    /// <summary>A seed for a pattern.</summary>
    public int Pattern() => (int)(_bits.Next() >> 34);
}
