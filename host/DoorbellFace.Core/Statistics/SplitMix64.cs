namespace DoorbellFace.Core.Statistics;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET, whose own generator makes no such promise: the generator
/// "splitmix64" (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). A value that is copied goes on
/// twice with the same numbers.
/// </summary>
/// <param name="state">Where the stream begins.</param>
public struct SplitMix64(ulong state)
{
    /// <summary>From one state to the next.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(_state += Increment);

    /// <summary>0 up to, not including, 1, in steps of 2^-24.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Spreads each bit over all of them.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
