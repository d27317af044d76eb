using System.Buffers.Binary;

namespace DoorbellFace.Core.Visits;

/// <summary>
/// Names visits by the time at which they begin, as UUIDs of version 7 (RFC 9562): ordered by time, and the same for the same recording. One
/// door has one visit at a time, so no randomness is needed to keep them apart.
/// </summary>
public static class VisitId
{
    /// <summary>An odd number near 2^64 divided by the golden ratio spreads neighbouring times over all bits (Knuth, vol. 3, 6.4).</summary>
    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>The name of the visit that begins at <paramref name="start"/>.</summary>
    public static Guid StartingAt(DateTimeOffset start)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, start.ToUnixTimeMilliseconds() << 16);
        int ticksOfMillisecond = (int)(start.UtcTicks % TimeSpan.TicksPerMillisecond);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (ticksOfMillisecond * 4096 / TimeSpan.TicksPerMillisecond)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (unchecked((ulong)start.UtcTicks * Spread) >> 2) | (1UL << 63));
        return new Guid(bytes, bigEndian: true);
    }
}
