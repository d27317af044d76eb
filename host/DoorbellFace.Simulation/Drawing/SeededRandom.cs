namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// A stream of random numbers that is fixed by its seed for good: the "splitmix64" generator (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014). The runtime's own generator makes no such promise between versions.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    /// <summary>Starts the stream. Two purposes with the same seed get unrelated streams.</summary>
    public SeededRandom(int seed, int purpose)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)purpose;
        Next();
    }

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public float Unit() => (Next() >> 40) * (1f / 16777216f);

    /// <summary>Evenly between two values.</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());

    /// <summary>-1 to 1, the middle more often than the ends: the mean of two even draws, spread again.</summary>
    public float Dial() => Math.Clamp((Unit() + Unit() - 1f) * 1.15f, -1f, 1f);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>One of the values.</summary>
    public T Pick<T>(ReadOnlySpan<T> values) => values[(int)(Unit() * values.Length)];

    /// <summary>Any whole number from 0.</summary>
    public int Integer() => (int)(Next() >> 33);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15ul;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
            return z ^ (z >> 31);
        }
    }
}
