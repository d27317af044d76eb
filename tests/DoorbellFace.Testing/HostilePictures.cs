using System.Buffers.Binary;
using System.IO.Compression;

namespace DoorbellFace.Testing;

/// <summary>Small files whose headers ask for far more than they hold.</summary>
public static class HostilePictures
{
    /// <summary>Ten of them, by the name of their file.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["square.png"] = Png(27_000, 27_000),
        ["high.png"] = Png(1, 100_000),
        ["wide.png"] = Png(1_000_000, 1_000),
        ["usual.jpg"] = Jpeg("person.jpg", 0xC0),
        ["progressive.jpg"] = Jpeg("person-progressive.jpg", 0xC2),
        ["strip.tif"] = Tiff(),
        ["telephone.heic"] = Heif("person.heic"),
        ["telephone.avif"] = Heif("person.avif"),
        ["moving.gif"] = Gif(),
        ["plain.bmp"] = Bmp(),
    };

    /// <summary>A black PNG of one bit a pixel, whole: 88 kB for 27,000 x 27,000.</summary>
    public static byte[] Png(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        WriteChunk(file, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (int y = 0; y < height; y++) zlib.Write(row);
        }
        WriteChunk(file, "IDAT"u8, data.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A JPEG of 30,000 x 30,000, by its header.</summary>
    /// <param name="name">The photo that it is.</param>
    /// <param name="frame">The second byte of the marker before the size: 0xC0, or 0xC2 for a progressive one.</param>
    public static byte[] Jpeg(string name, byte frame)
    {
        byte[] content = Fixture(name);
        int at = content.AsSpan().IndexOf([(byte)0xFF, frame, (byte)0, (byte)17]);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(at + 5), 30_000);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(at + 7), 30_000);
        return content;
    }

    /// <summary>Width and height stand in the entries 256 and 257.</summary>
    private static byte[] Tiff()
    {
        byte[] content = Fixture("person.tif");
        int entries = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(4));
        foreach (int tag in (int[])[256, 257])
        {
            int at = entries + content.AsSpan(entries).IndexOf(BitConverter.GetBytes((ushort)tag));
            BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(at + 8), 32_000);
        }
        return content;
    }

    /// <summary>The size stands in the box ispe.</summary>
    private static byte[] Heif(string name)
    {
        byte[] content = Fixture(name);
        int box = content.AsSpan().IndexOf("ispe"u8);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(box + 8), 32_000);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(box + 12), 32_000);
        return content;
    }

    /// <summary>The size stands in the bytes 6 to 9; the picture's own header is left as it is.</summary>
    private static byte[] Gif()
    {
        byte[] content = Fixture("person.gif");
        content.AsSpan(6, 4).Fill(0xFF);
        return content;
    }

    private static byte[] Bmp()
    {
        byte[] content = Fixture("person.bmp");
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(18), 30_000);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(22), 30_000);
        return content;
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Repository.Fixture(Path.Combine("pictures", name)));

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] body)
    {
        byte[] tagged = [.. type, .. body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(tagged);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(tagged));
        file.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
