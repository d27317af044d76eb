using DoorbellFace.Core.Statistics;


namespace DoorbellFace.Simulation.Drawing;

/// <summary>A stream of random numbers (<see cref="SplitMix64"/>) that is fixed by its seed for good.</summary>
internal sealed class SeededRandom
{
    private SplitMix64 _bits;

    /// <summary>Starts the stream. Two purposes with the same seed get unrelated streams.</summary>
    public SeededRandom(int seed, int purpose)
    {
        _bits = new SplitMix64(((ulong)(uint)seed << 32) | (uint)purpose);
        _bits.Next();
    }

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public float Unit() => _bits.Unit();

    /// <summary>Evenly between two values.</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());

    /// <summary>-1 to 1, the middle more often than the ends: the mean of two even draws, spread again.</summary>
    public float Dial() => Math.Clamp((Unit() + Unit() - 1f) * 1.15f, -1f, 1f);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>One of the values.</summary>
    public T Pick<T>(ReadOnlySpan<T> values) => values[(int)(Unit() * values.Length)];

    /// <summary>Any whole number from 0.</summary>
    public int Integer() => (int)(_bits.Next() >> 33);
}
