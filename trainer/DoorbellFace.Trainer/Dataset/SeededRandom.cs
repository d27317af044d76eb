namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET, and that can start anywhere: what happens to crop 17 in
/// epoch 5 depends on the seed and those two numbers alone, so a resumed training sees what the uninterrupted one would have seen.
/// The generator is SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal sealed class SeededRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="coordinates">Which stream of that seed: epoch, index, ...</param>
    public SeededRandom(int seed, params ReadOnlySpan<int> coordinates)
    {
        _state = Mix((uint)seed);
        foreach (int coordinate in coordinates) _state = Mix(_state + Increment + (uint)coordinate);
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((Next() >> 32) * (ulong)count) >> 32);
    }

    /// <summary>A number from <paramref name="lowest"/> up to, not including, <paramref name="highest"/>.</summary>
    public float Between(float lowest, float highest) => lowest + ((highest - lowest) * Unit());

    /// <summary>A factor from 1 / <paramref name="most"/> to <paramref name="most"/>, one and its inverse equally likely.</summary>
    public float Factor(float most) => MathF.Exp(Between(-1, 1) * MathF.Log(most));

    /// <summary>True in this part of all cases.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>A number of the normal distribution with mean 0 and standard deviation 1.</summary>
    public float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - Unit())) * MathF.Cos(2 * MathF.PI * Unit());

    /// <summary>Brings a list into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>0 up to, not including, 1, in steps of 2^-24.</summary>
    private float Unit() => (Next() >> 40) * (1f / (1 << 24));

    private ulong Next() => Mix(_state += Increment);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
