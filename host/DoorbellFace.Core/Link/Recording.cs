using System.Buffers.Binary;
using System.Text;

namespace DoorbellFace.Core.Link;

/// <summary>Bytes that went over the line in one go.</summary>
/// <param name="At">When they were read or written.</param>
/// <param name="FromDevice">Direction: true from the device, false to it.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record RecordedChunk(DateTimeOffset At, bool FromDevice, ReadOnlyMemory<byte> Bytes);

/// <summary>The layout of a .dbr file (docs/protocol.md, "Recordings").</summary>
internal static class RecordingLayout
{
    public const int HeaderBytes = 16;
    public const int ChunkHeaderBytes = 16;
    public const int MaxChunkBytes = 65536;
    public const byte ChunkMark = 0xC7;

    public static ReadOnlySpan<byte> Magic => "DBREC1\r\n"u8;

    public static ushort Check(ReadOnlySpan<byte> chunkHeader) => Crc16.Compute(chunkHeader[1..14]);
}

/// <summary>Writes a recording, chunk by chunk, so that a cut at any byte loses only what comes after. Not thread-safe.</summary>
public sealed class RecordingWriter
{
    private readonly Stream _stream;
    private readonly DateTimeOffset _startedAt;

    /// <summary>Begins a recording at the stream's end. The caller owns the stream.</summary>
    public RecordingWriter(Stream stream, DateTimeOffset startedAt)
    {
        _stream = stream;
        _startedAt = startedAt;
        Span<byte> header = stackalloc byte[RecordingLayout.HeaderBytes];
        RecordingLayout.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], Microseconds(startedAt - DateTimeOffset.UnixEpoch));
        _stream.Write(header);
    }

    /// <summary>Appends bytes as one chunk or several.</summary>
    public void Write(DateTimeOffset at, bool fromDevice, ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[RecordingLayout.ChunkHeaderBytes];
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, RecordingLayout.MaxChunkBytes)];
            header[0] = RecordingLayout.ChunkMark;
            header[1] = fromDevice ? (byte)0 : (byte)1;
            BinaryPrimitives.WriteInt64LittleEndian(header[2..], Math.Max(0, Microseconds(at - _startedAt)));
            BinaryPrimitives.WriteInt32LittleEndian(header[10..], part.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(header[14..], RecordingLayout.Check(header));
            _stream.Write(header);
            _stream.Write(part);
            bytes = bytes[part.Length..];
        }
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>Reads a recording, also one that was cut off or damaged. Not thread-safe.</summary>
public sealed class RecordingReader
{
    private readonly byte[] _content;
    private int _position = RecordingLayout.HeaderBytes;

    private RecordingReader(byte[] content, DateTimeOffset startedAt)
    {
        _content = content;
        StartedAt = startedAt;
    }

    /// <summary>When the recording began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Bytes passed over because no chunk was where one must be.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>The file ends inside a chunk.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Opens a recording.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="reader">The reader, at the first chunk.</param>
    /// <param name="complaint">What was expected and found, when this is no recording.</param>
    public static bool TryOpen(byte[] content, out RecordingReader? reader, out string? complaint)
    {
        reader = null;
        complaint = null;
        if (content.Length < RecordingLayout.HeaderBytes)
            complaint = $"it is {content.Length} bytes long; a recording begins with {RecordingLayout.HeaderBytes} bytes of header";
        else if (!content.AsSpan().StartsWith(RecordingLayout.Magic))
            complaint = $"it begins with \"{Printable(content.AsSpan(0, 8))}\"; a recording begins with \"DBREC1\"";
        if (complaint is not null) return false;
        long microseconds = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(8));
        reader = new RecordingReader(content, AddMicroseconds(DateTimeOffset.UnixEpoch, microseconds));
        return true;
    }

    /// <summary>The next chunk; of a chunk that was cut off, the part that is there. Null at the end.</summary>
    public RecordedChunk? Read()
    {
        while (_position < _content.Length)
        {
            ReadOnlySpan<byte> rest = _content.AsSpan(_position);
            if (rest[0] == RecordingLayout.ChunkMark && rest.Length < RecordingLayout.ChunkHeaderBytes) break;
            if (rest[0] == RecordingLayout.ChunkMark && BinaryPrimitives.ReadUInt16LittleEndian(rest[14..]) == RecordingLayout.Check(rest))
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(rest[10..]);
                if (length is >= 0 and <= RecordingLayout.MaxChunkBytes) return Take(rest, length);
            }
            SkippedBytes++;
            _position++;
        }
        WasCut |= _position < _content.Length;
        _position = _content.Length;
        return null;
    }

    private RecordedChunk Take(ReadOnlySpan<byte> rest, int length)
    {
        int available = Math.Min(length, rest.Length - RecordingLayout.ChunkHeaderBytes);
        WasCut |= available < length;
        DateTimeOffset at = AddMicroseconds(StartedAt, BinaryPrimitives.ReadInt64LittleEndian(rest[2..]));
        var chunk = new RecordedChunk(at, rest[1] == 0, _content.AsMemory(_position + RecordingLayout.ChunkHeaderBytes, available));
        _position += RecordingLayout.ChunkHeaderBytes + available;
        return chunk;
    }

    /// <summary>A damaged time is kept within what a date can hold, so that reading goes on.</summary>
    private static DateTimeOffset AddMicroseconds(DateTimeOffset start, long microseconds)
    {
        long limit = (DateTimeOffset.MaxValue - start).Ticks / TimeSpan.TicksPerMicrosecond;
        return start.AddTicks(Math.Clamp(microseconds, 0, limit) * TimeSpan.TicksPerMicrosecond);
    }

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        new([.. Encoding.Latin1.GetString(bytes)
            .Select(character => char.IsAsciiLetterOrDigit(character) || character == ' ' ? character : '.')]);
}
