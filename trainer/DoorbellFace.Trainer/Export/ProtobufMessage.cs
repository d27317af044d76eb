using System.Buffers;
using System.Text;

namespace DoorbellFace.Trainer.Export;

/// <summary>
/// One protobuf message being written, field by field (encoding: protobuf.dev/programming-guides/encoding). Nested messages are written
/// first and then put in whole, since their length stands before them.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VarintField = 0, LengthDelimitedField = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Writes a whole number (int32, int64, enum).</summary>
    public ProtobufMessage Integer(int field, long value)
    {
        WriteVarint((ulong)((field << 3) | VarintField));
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>Writes a text.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)((field << 3) | LengthDelimitedField));
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Writes a nested message as it is now.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage nested) => Bytes(field, nested._bytes.WrittenSpan);

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    private void WriteVarint(ulong value)
    {
        Span<byte> bytes = _bytes.GetSpan(10);
        int count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        _bytes.Advance(count);
    }
}
