using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class RecordingTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    [Fact]
    public void Comes_back_byte_for_byte_with_times_and_directions()
    {
        byte[] large = Bytes(70_000, 1);
        RecordingReader reader = Open(Write((0, true, [1, 2, 0]), (1500, false, [0x68]), (2_000_000, true, large)));
        Assert.Equal(Start, reader.StartedAt);
        List<RecordedChunk> chunks = ReadAll(reader);
        Assert.Equal([3, 1, 65536, 4464], chunks.Select(chunk => chunk.Bytes.Length));
        Assert.Equal([true, false, true, true], chunks.Select(chunk => chunk.FromDevice));
        Assert.Equal(Start.AddMicroseconds(1500), chunks[1].At);
        Assert.Equal(large, chunks.Skip(2).SelectMany(chunk => chunk.Bytes.ToArray()));
        Assert.False(reader.WasCut);
        Assert.Equal(0, reader.SkippedBytes);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_readable_up_to_the_cut()
    {
        byte[] first = Bytes(40, 2), second = Bytes(30, 3);
        byte[] file = Write((0, true, first), (10, true, second));
        byte[] all = [.. first, .. second];
        for (int cut = 0; cut <= file.Length; cut++)
        {
            bool opens = RecordingReader.TryOpen(file[..cut], out RecordingReader? reader, out string? complaint);
            Assert.Equal(cut >= 16, opens);
            if (!opens)
            {
                Assert.Contains($"{cut} bytes long", complaint);
                continue;
            }
            byte[] read = [.. ReadAll(reader!).SelectMany(chunk => chunk.Bytes.ToArray())];
            int firstBytes = Math.Clamp(cut - 32, 0, 40), secondBytes = Math.Clamp(cut - 88, 0, 30);
            Assert.Equal(all[..(firstBytes + secondBytes)], read);
            Assert.Equal(0, reader!.SkippedBytes);
            Assert.Equal(cut is not (16 or 72 or 118), reader.WasCut);
        }
    }

    [Fact]
    public void Damage_is_passed_over_to_the_next_chunk_and_counted()
    {
        byte[] file = Write((0, true, Bytes(40, 2)), (10, true, Bytes(30, 3)));
        file[16 + 5] ^= 1;
        RecordingReader reader = Open(file);
        RecordedChunk chunk = Assert.Single(ReadAll(reader));
        Assert.Equal(Bytes(30, 3), chunk.Bytes.ToArray());
        Assert.Equal(56, reader.SkippedBytes);
    }

    [Fact]
    public void Another_file_is_refused_with_what_it_begins_with()
    {
        Assert.False(RecordingReader.TryOpen("RIFF\u0001\u0002\u0003\u0004WAVEfmt "u8.ToArray(), out _, out string? complaint));
        Assert.Equal("it begins with \"RIFF....\"; a recording begins with \"DBREC1\"", complaint);
    }

    [Fact]
    public void Any_bytes_behind_the_header_end_without_an_exception()
    {
        var random = new Random(11);
        byte[] good = Write((0, true, Bytes(20, 5)), (10, false, Bytes(9, 6)), (20, true, Bytes(33, 7)));
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = [.. good];
            for (int damage = random.Next(1, 8); damage > 0; damage--) file[random.Next(8, file.Length)] = (byte)random.Next(256);
            RecordingReader reader = Open(file);
            long read = ReadAll(reader).Sum(chunk => (long)chunk.Bytes.Length + 16);
            Assert.InRange(read + reader.SkippedBytes, 0, file.Length - 16);
            if (!reader.WasCut) Assert.Equal(file.Length - 16, read + reader.SkippedBytes);
        }
    }

    private static byte[] Write(params (long Microseconds, bool FromDevice, byte[] Bytes)[] chunks)
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream, Start);
        foreach ((long microseconds, bool fromDevice, byte[] bytes) in chunks)
            writer.Write(Start.AddMicroseconds(microseconds), fromDevice, bytes);
        return stream.ToArray();
    }

    private static RecordingReader Open(byte[] file)
    {
        Assert.True(RecordingReader.TryOpen(file, out RecordingReader? reader, out _));
        return reader!;
    }

    private static List<RecordedChunk> ReadAll(RecordingReader reader)
    {
        var chunks = new List<RecordedChunk>();
        while (reader.Read() is { } chunk) chunks.Add(chunk);
        return chunks;
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        for (int i = 0; i < bytes.Length; i++) if (bytes[i] == 0xC7) bytes[i] = 0xC6;
        return bytes;
    }
}
