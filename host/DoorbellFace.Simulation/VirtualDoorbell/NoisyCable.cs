using System.Buffers;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>How bad a cable is: each rate is the part of bytes, 0 to 1, that this happens to.</summary>
/// <param name="DropRate">The byte is lost.</param>
/// <param name="FlipRate">One of its bits, any of the eight, is turned over.</param>
/// <param name="DuplicateRate">It arrives twice.</param>
public sealed record CableFaults(double DropRate, double FlipRate, double DuplicateRate)
{
    /// <summary>Part of bytes lost.</summary>
    public double DropRate { get; } = Checked(DropRate, nameof(DropRate));

    /// <summary>Part of bytes with one bit turned over.</summary>
    public double FlipRate { get; } = Checked(FlipRate, nameof(FlipRate));

    /// <summary>Part of bytes that arrive twice.</summary>
    public double DuplicateRate { get; } = Checked(DuplicateRate, nameof(DuplicateRate));

    private static double Checked(double rate, string name) =>
        rate is >= 0 and <= 1 ? rate : throw new ArgumentOutOfRangeException(name, rate, "A rate of faults is 0 to 1.");
}

/// <summary>
/// A cable that drops, flips and duplicates bytes. The same seed damages the same bytes. Not thread-safe: one for each direction.
/// </summary>
public sealed class NoisyCable
{
    private readonly CableFaults _faults;
    private readonly Random _random;

    /// <summary>A cable with those faults.</summary>
    public NoisyCable(CableFaults faults, int seed)
    {
        _faults = faults;
        _random = new Random(seed);
    }

    /// <summary>Bytes lost so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Bytes with a bit turned over so far.</summary>
    public long Flipped { get; private set; }

    /// <summary>Bytes that arrived twice so far.</summary>
    public long Duplicated { get; private set; }

    /// <summary>Sends bytes through; what arrives at the other end is added to <paramref name="output"/>.</summary>
    public void Pass(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        Span<byte> arrived = output.GetSpan(2 * input.Length);
        int length = 0;
        foreach (byte sent in input)
        {
            if (Happens(_faults.DropRate))
            {
                Dropped++;
                continue;
            }
            byte value = sent;
            if (Happens(_faults.FlipRate))
            {
                value ^= (byte)(1 << _random.Next(8));
                Flipped++;
            }
            arrived[length++] = value;
            if (Happens(_faults.DuplicateRate))
            {
                arrived[length++] = value;
                Duplicated++;
            }
        }
        output.Advance(length);
    }

    private bool Happens(double rate) => rate > 0 && _random.NextDouble() < rate;
}
