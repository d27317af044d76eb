using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Identity;

/// <summary>Names a visit for good. A UUID of version 7 (RFC 9562): ordered by the time at which the visit began.</summary>
/// <param name="Value">The bare value.</param>
[JsonConverter(typeof(VisitIdJsonConverter))]
public readonly record struct VisitId(Guid Value)
{
    /// <summary>FNV-1a's start and factor for 64 bits (draft-eastlake-fnv).</summary>
    private const ulong HashStart = 14695981039346656037, HashFactor = 1099511628211;

    /// <summary>
    /// The name of the visit that begins at a door at a time, as seen by one run of the program. The same three give the same name, so a
    /// recording that is replayed twice names its visits alike; another door or another run gives another name, so nothing that is stored
    /// can be overwritten by a ring in the same millisecond or by a replay.
    /// </summary>
    /// <param name="door">Where.</param>
    /// <param name="start">When, by the clock that is shown to people.</param>
    /// <param name="run">Differs between runs of the program; all zeros for a replay.</param>
    public static VisitId Of(DoorId door, DateTimeOffset start, Guid run)
    {
        Span<byte> source = stackalloc byte[8 + 16];
        BinaryPrimitives.WriteInt64BigEndian(source, start.UtcTicks);
        run.TryWriteBytes(source[8..], bigEndian: true, out _);
        ulong hash = Hash(Hash(HashStart, source), Encoding.ASCII.GetBytes(door.Value));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, start.ToUnixTimeMilliseconds() << 16);
        int ticksOfMillisecond = (int)(start.UtcTicks % TimeSpan.TicksPerMillisecond);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (ticksOfMillisecond * 4096 / TimeSpan.TicksPerMillisecond)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (hash >> 2) | (1UL << 63));
        return new VisitId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>As it stands in databases and JSON: 32 hexadecimal digits in five groups.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static VisitId Parse(string text) => new(Guid.ParseExact(text, "D"));

    private static ulong Hash(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) hash = unchecked((hash ^ value) * HashFactor);
        return hash;
    }
}

/// <summary>Writes a <see cref="VisitId"/> as its bare text.</summary>
public sealed class VisitIdJsonConverter() : IdJsonConverter<VisitId>(VisitId.Parse);
