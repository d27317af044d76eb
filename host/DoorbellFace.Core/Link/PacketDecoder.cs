namespace DoorbellFace.Core.Link;

/// <summary>
/// Bytes to packets. Splits at 00, checks length and CRC, and counts what it throws away. It never throws whatever the bytes are, and never
/// holds more than one packet. Not thread-safe: one worker owns it.
/// </summary>
public sealed class PacketDecoder
{
    /// <summary>Longest body of any packet.</summary>
    public const int MaxBodyBytes = 1300;

    /// <summary>Longest packet: type, body, CRC and the closing 00.</summary>
    public const int MaxPacketBytes = MaxBodyBytes + 5;

    private const int TypeAndCrcBytes = 4;

    private readonly byte[] _pending = new byte[MaxPacketBytes - 1];
    private readonly LinkStatistics _statistics;
    private int _pendingLength;
    private bool _oversized;

    /// <summary>Counts into <paramref name="statistics"/>.</summary>
    public PacketDecoder(LinkStatistics statistics) => _statistics = statistics;

    /// <summary>Bytes of a packet that has not ended yet.</summary>
    public int PendingBytes => _pendingLength;

    /// <summary>
    /// Takes bytes from the front of <paramref name="input"/> until a whole packet with a right CRC is there.
    /// </summary>
    /// <param name="input">What arrived; on return, what has not been looked at.</param>
    /// <param name="type">The packet's first byte; it may be a type that this version does not know.</param>
    /// <param name="body">Between type and CRC. It points into this decoder and is gone with the next call.</param>
    /// <returns>False when the input is used up and no packet has ended.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out PacketType type, out ReadOnlySpan<byte> body)
    {
        while (!input.IsEmpty)
        {
            int end = input.IndexOf((byte)0);
            ReadOnlySpan<byte> part = end < 0 ? input : input[..end];
            Append(part);
            _statistics.BytesReceived += part.Length;
            input = input[part.Length..];
            if (end < 0) break;
            input = input[1..];
            _statistics.BytesReceived++;
            if (TryFinish(out type, out body)) return true;
        }
        type = PacketType.None;
        body = default;
        return false;
    }

    /// <summary>Forgets a packet begun, as after the cable was pulled; its bytes count as discarded.</summary>
    public void Reset()
    {
        _statistics.BytesDiscarded += _pendingLength;
        _pendingLength = 0;
        _oversized = false;
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (!_oversized && part.Length <= _pending.Length - _pendingLength)
        {
            part.CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += part.Length;
            return;
        }
        _statistics.BytesDiscarded += _pendingLength + part.Length;
        _pendingLength = 0;
        _oversized = true;
    }

    private bool TryFinish(out PacketType type, out ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> packet = _pending.AsSpan(0, _pendingLength);
        _pendingLength = 0;
        type = PacketType.None;
        body = default;
        if (_oversized)
        {
            _oversized = false;
            _statistics.OversizedPackets++;
            _statistics.BytesDiscarded++;
            return false;
        }
        if (packet.IsEmpty)
        {
            _statistics.EmptyPackets++;
            _statistics.BytesInPackets++;
            return false;
        }
        if (packet.Length < TypeAndCrcBytes || !CrcIsRight(packet))
        {
            _statistics.CrcFailures++;
            _statistics.BytesDiscarded += packet.Length + 1;
            return false;
        }
        _statistics.PacketsAccepted++;
        _statistics.BytesInPackets += packet.Length + 1;
        type = (PacketType)packet[0];
        body = packet[1..^3];
        return true;
    }

    private static bool CrcIsRight(ReadOnlySpan<byte> packet)
    {
        var reader = new FieldReader(packet[^3..]);
        int sent = reader.ReadU21();
        return !reader.Failed && sent == Crc16.Compute(packet[..^3]);
    }
}
