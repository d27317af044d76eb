using System.Text;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// One protobuf message being written, field by field (encoding: protobuf.dev/programming-guides/encoding). Nested messages are put in as
/// they are, and copied only when the outermost one becomes bytes: VGG16 is half a gigabyte, and its graph lies three messages deep.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VarintField = 0, LengthDelimitedField = 2, Fixed32Field = 5;

    private readonly List<byte[]> _pieces = [];

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Writes a whole number (int32, int64, enum).</summary>
    public ProtobufMessage Integer(int field, long value)
    {
        Add(Varint((ulong)((field << 3) | VarintField)));
        return Add(Varint((ulong)value));
    }

    /// <summary>Writes a number (float).</summary>
    public ProtobufMessage Real(int field, float value)
    {
        Add(Varint((ulong)((field << 3) | Fixed32Field)));
        return Add(BitConverter.GetBytes(value));
    }

    /// <summary>Writes a text.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Prefix(field, value.Length);
        return Add(value.ToArray());
    }

    /// <summary>Writes a nested message as it is now.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage nested)
    {
        Prefix(field, nested.Length);
        foreach (byte[] piece in nested._pieces) Add(piece);
        return this;
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        int position = 0;
        foreach (byte[] piece in _pieces)
        {
            piece.CopyTo(bytes, position);
            position += piece.Length;
        }
        return bytes;
    }

    private void Prefix(int field, long length)
    {
        Add(Varint((ulong)((field << 3) | LengthDelimitedField)));
        Add(Varint((ulong)length));
    }

    private ProtobufMessage Add(byte[] piece)
    {
        _pieces.Add(piece);
        Length += piece.Length;
        return this;
    }

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    private static byte[] Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        return bytes[..count].ToArray();
    }
}
