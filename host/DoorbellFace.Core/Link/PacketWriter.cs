namespace DoorbellFace.Core.Link;

/// <summary>Writes one packet: type, fields, then CRC and the closing 00.</summary>
public ref struct PacketWriter
{
    private readonly Span<byte> _target;
    private int _length;

    /// <summary>Begins a packet at the start of <paramref name="target"/>.</summary>
    /// <param name="target">Room for the packet; <see cref="PacketDecoder.MaxPacketBytes"/> is always enough.</param>
    /// <param name="type">Its type.</param>
    public PacketWriter(Span<byte> target, PacketType type)
    {
        _target = target;
        _target[_length++] = (byte)type;
    }

    /// <summary>A number of 7 bits, cut off at its highest value.</summary>
    public void WriteU7(int value) => Write(value, 1);

    /// <summary>A number of 14 bits, cut off at its highest value.</summary>
    public void WriteU14(int value) => Write(value, 2);

    /// <summary>A number of 21 bits, cut off at its highest value.</summary>
    public void WriteU21(int value) => Write(value, 3);

    /// <summary>A number of 28 bits, cut off at its highest value.</summary>
    public void WriteU28(int value) => Write(value, 4);

    /// <summary>Pixels: every 00 becomes 01.</summary>
    public void WritePixels(scoped ReadOnlySpan<byte> pixels)
    {
        foreach (byte pixel in pixels) _target[_length++] = Math.Max(pixel, (byte)1);
    }

    /// <summary>Printable ASCII; any other character becomes '?'.</summary>
    public void WriteText(string text)
    {
        foreach (char character in text) _target[_length++] = character is >= ' ' and <= '~' ? (byte)character : (byte)'?';
    }

    /// <summary>Adds CRC and the closing 00.</summary>
    /// <returns>Length of the whole packet in bytes.</returns>
    public int Finish()
    {
        ushort crc = Crc16.Compute(_target[.._length]);
        WriteU21(crc);
        _target[_length++] = 0;
        return _length;
    }

    private void Write(int value, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        int clamped = Math.Min(value, (1 << (7 * groups)) - 1);
        for (int group = groups - 1; group >= 0; group--) _target[_length++] = (byte)(0x80 | ((clamped >> (7 * group)) & 0x7F));
    }
}
