using DoorbellFace.Core.Statistics;


namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Random numbers (<see cref="SplitMix64"/>) that can start anywhere: what happens to crop 17 in epoch 5 depends on the seed and those two
/// numbers alone, so a resumed training sees what the uninterrupted one would have seen.
/// </summary>
internal sealed class SeededRandom
{
    private SplitMix64 _bits;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="coordinates">Which stream of that seed: epoch, index, ...</param>
    public SeededRandom(int seed, params ReadOnlySpan<int> coordinates)
    {
        ulong state = SplitMix64.Mix((uint)seed);
        foreach (int coordinate in coordinates) state = SplitMix64.Mix(state + SplitMix64.Increment + (uint)coordinate);
        _bits = new SplitMix64(state);
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((_bits.Next() >> 32) * (ulong)count) >> 32);
    }

    /// <summary>A number from <paramref name="lowest"/> up to, not including, <paramref name="highest"/>.</summary>
    public float Between(float lowest, float highest) => lowest + ((highest - lowest) * _bits.Unit());

    /// <summary>A factor from 1 / <paramref name="most"/> to <paramref name="most"/>, one and its inverse equally likely.</summary>
    public float Factor(float most) => MathF.Exp(Between(-1, 1) * MathF.Log(most));

    /// <summary>True in this part of all cases.</summary>
    public bool Chance(float probability) => _bits.Unit() < probability;

    /// <summary>A number of the normal distribution with mean 0 and standard deviation 1.</summary>
    public float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - _bits.Unit())) * MathF.Cos(2 * MathF.PI * _bits.Unit());

    /// <summary>Brings a list into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
