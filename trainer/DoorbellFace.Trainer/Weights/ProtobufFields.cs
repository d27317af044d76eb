using System.Text;

namespace DoorbellFace.Trainer.Weights;

/// <summary>A field of a protobuf message that lies in memory (encoding: protobuf.dev/programming-guides/encoding).</summary>
/// <param name="Number">Its number in the message's description.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Value">The number, if it is one of variable length.</param>
/// <param name="Content">Where its content lies, if it has some.</param>
internal readonly record struct ProtobufField(long Number, ProtobufKind Kind, long Value, Range Content);

/// <summary>How a field is written.</summary>
internal enum ProtobufKind
{
    Varint = 0,
    Fixed64 = 1,
    Delimited = 2,
    Fixed32 = 5,
}

/// <summary>Takes protobuf messages apart.</summary>
internal static class ProtobufFields
{
    /// <summary>The fields of a message, in order.</summary>
    /// <param name="bytes">What the message lies in.</param>
    /// <param name="message">Where.</param>
    /// <exception cref="InvalidWeightFileException">The bytes are no such message.</exception>
    public static IEnumerable<ProtobufField> In(byte[] bytes, Range message)
    {
        int at = message.Start.Value, end = message.End.Value;
        while (at < end)
        {
            ulong key = Number(bytes, ref at, end);
            var kind = (ProtobufKind)(key & 7);
            long number = (long)(key >> 3);
            switch (kind)
            {
                case ProtobufKind.Varint:
                    yield return new ProtobufField(number, kind, (long)Number(bytes, ref at, end), default);
                    break;
                case ProtobufKind.Delimited:
                    ulong length = Number(bytes, ref at, end);
                    if (length > (ulong)(end - at)) throw Damaged();
                    yield return new ProtobufField(number, kind, 0, new Range(at, at + (int)length));
                    at += (int)length;
                    break;
                case ProtobufKind.Fixed32 or ProtobufKind.Fixed64:
                    at += kind == ProtobufKind.Fixed32 ? 4 : 8;
                    if (at > end) throw Damaged();
                    break;
                default:
                    throw Damaged();
            }
        }
    }

    /// <summary>The messages that a message holds under one number, in order.</summary>
    /// <inheritdoc cref="In"/>
    public static IEnumerable<Range> Messages(byte[] bytes, Range message, long number) =>
        In(bytes, message).Where(field => field.Number == number && field.Kind == ProtobufKind.Delimited).Select(field => field.Content);

    /// <summary>Several numbers in one field.</summary>
    public static IEnumerable<long> Packed(byte[] bytes, Range content)
    {
        int at = content.Start.Value, end = content.End.Value;
        while (at < end) yield return (long)Number(bytes, ref at, end);
    }

    /// <summary>A field's text.</summary>
    public static string Text(byte[] bytes, Range content) => Encoding.UTF8.GetString(bytes.AsSpan(content));

    private static ulong Number(byte[] bytes, ref int at, int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= end) throw Damaged();
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged();
    }

    private static InvalidWeightFileException Damaged() => new("it is damaged or cut short: its parts do not fit into each other.");
}
