namespace DoorbellFace.Core.Link;

/// <summary>A kind of packet whose body is a row of numbers.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
public interface IPacket<TSelf>
    where TSelf : struct, IPacket<TSelf>
{
    /// <summary>Its first byte.</summary>
    static abstract PacketType Type { get; }

    /// <summary>Reads the fields in the order of docs/protocol.md; the caller checks <see cref="FieldReader.Failed"/>.</summary>
    static abstract TSelf Read(ref FieldReader reader);

    /// <summary>Writes the fields in the order of docs/protocol.md.</summary>
    void Write(ref PacketWriter writer);
}

/// <summary>Packets to bytes and back.</summary>
public static class PacketCodec
{
    /// <summary>Writes a whole packet.</summary>
    /// <param name="packet">What to write.</param>
    /// <param name="target">At least <see cref="PacketDecoder.MaxPacketBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode<T>(T packet, Span<byte> target)
        where T : struct, IPacket<T>
    {
        var writer = new PacketWriter(target, T.Type);
        packet.Write(ref writer);
        return writer.Finish();
    }

    /// <summary>A whole packet as a new array.</summary>
    public static byte[] Encode<T>(T packet)
        where T : struct, IPacket<T>
    {
        Span<byte> buffer = stackalloc byte[PacketDecoder.MaxPacketBytes];
        return buffer[..Encode(packet, buffer)].ToArray();
    }

    /// <summary>Reads a body whose CRC was right.</summary>
    /// <returns>False when the body is too short or a byte lacks its top bit.</returns>
    public static bool TryDecode<T>(ReadOnlySpan<byte> body, out T packet)
        where T : struct, IPacket<T>
    {
        var reader = new FieldReader(body);
        packet = T.Read(ref reader);
        return !reader.Failed;
    }
}
