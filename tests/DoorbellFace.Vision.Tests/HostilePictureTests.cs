using System.Buffers.Binary;
using System.IO.Compression;
using DoorbellFace.Vision.Pictures;

namespace DoorbellFace.Vision.Tests;

/// <summary>Files that are made, or damaged, so that reading them costs more than there is.</summary>
public sealed class HostilePictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("doorbell-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>27,000 x 27,000 pixels in 88 kB: as RGB more bytes than an array can have.</summary>
    [Theory]
    [InlineData(27_000, 27_000)]
    [InlineData(1, 100_000)]
    [InlineData(1_000_000, 1_000)]
    public void A_png_that_asks_for_too_much_is_refused_before_it_is_decoded(int width, int height)
    {
        string path = At("bomb.png");
        using (FileStream file = File.Create(path)) WritePng(file, width, height);

        string? reason = PictureFile.TryRead(path).Reason;

        Assert.Contains("is too large", reason, StringComparison.Ordinal);
        Assert.Contains("bomb.png", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person.jpg", 0xC0)]
    [InlineData("person-progressive.jpg", 0xC2)]
    public void A_jpeg_whose_header_asks_for_too_much_is_refused(string name, byte frame)
    {
        byte[] content = Fixture(name);
        int at = content.AsSpan().IndexOf([(byte)0xFF, frame, (byte)0, (byte)17]);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(at + 5), 30_000);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(at + 7), 30_000);

        Assert.Contains("is too large", Read("bomb.jpg", content).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person.tif")]
    [InlineData("person.heic")]
    [InlineData("person.avif")]
    [InlineData("person.gif")]
    public void Other_headers_that_ask_for_too_much_are_refused(string name)
    {
        byte[] content = Fixture(name);
        switch (Path.GetExtension(name))
        {
            // The size stands in TIFF's entries 256 and 257, in HEIF's box ispe, in GIF's bytes 6 to 9 and in its picture's own header.
            case ".tif":
                int entries = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(4));
                foreach (int tag in (int[])[256, 257])
                {
                    int at = entries + content.AsSpan(entries).IndexOf(BitConverter.GetBytes((ushort)tag));
                    BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(at + 8), 32_000);
                }
                break;
            case ".gif":
                content.AsSpan(6, 4).Fill(0xFF);
                break;
            default:
                int box = content.AsSpan().IndexOf("ispe"u8);
                BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(box + 8), 32_000);
                BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(box + 12), 32_000);
                break;
        }

        Assert.False(Read("bomb" + Path.GetExtension(name), content).Succeeded);
    }

    /// <summary>
    /// Bytes changed at chance, half of the time in the headers: whatever comes of it, it is a picture within the limits or a sentence.
    /// </summary>
    [Fact]
    public void Damaged_pictures_of_every_format_are_a_picture_or_a_sentence()
    {
        var random = new Random(5);
        foreach (string path in Directory.EnumerateFiles(Repository.Fixture("pictures"), "person*"))
        {
            byte[] whole = File.ReadAllBytes(path);
            for (int round = 0; round < 40; round++)
            {
                byte[] damaged = [.. whole];
                int reach = round % 2 == 0 ? Math.Min(200, damaged.Length) : damaged.Length;
                for (int i = random.Next(1, 9); i > 0; i--)
                    damaged[random.Next(reach)] = round % 3 == 0 ? (byte)0xFF : (byte)random.Next(256);

                PictureReading reading = Read("damaged", damaged);

                Assert.True(reading.Succeeded ^ reading.Reason is not null);
                if (reading.Succeeded) Assert.True((long)reading.Picture.Width * reading.Picture.Height <= PictureLimits.MostKeptPixels);
            }
        }
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")]
    [InlineData("%!PS-Adobe-3.0")]
    [InlineData("push graphic-context viewbox 0 0 9 9 image over 0,0 0,0 'https://example.org/a.png'")]
    [InlineData("GIF89b")]
    public void What_is_none_of_the_named_formats_reaches_no_decoder(string content) =>
        Assert.Contains("no whole picture in a known format", Read("a.jpg", System.Text.Encoding.UTF8.GetBytes(content)).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_larger_than_any_photo_is_refused_unread()
    {
        string path = At("huge.jpg");
        using (FileStream file = File.Create(path))
        {
            file.Write([0xFF, 0xD8, 0xFF, 0xE0]);
            file.SetLength(3L << 30);
        }

        Assert.Contains("is 3072 MB large", PictureFile.TryRead(path).Reason, StringComparison.Ordinal);
    }

    /// <summary>Within the limits, and yet nothing that could be in so few bytes.</summary>
    [Fact]
    public void A_png_too_short_for_its_header_is_refused_before_it_is_decoded()
    {
        using (FileStream file = File.Create(At("whole.png"))) WritePng(file, 6_000, 6_000);
        byte[] whole = File.ReadAllBytes(At("whole.png"));

        Assert.True(PngHeader.CanBeWhole(whole));
        Assert.False(PngHeader.CanBeWhole(whole.AsSpan(0, 2_000)));
        Assert.Contains("is damaged or was not copied to its end", Read("cut.png", whole[..2_000]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_larger_than_needed_is_reduced()
    {
        string path = At("large.png");
        using (FileStream file = File.Create(path)) WritePng(file, 6_000, 4_000);

        Assert.Equal("3000x2000 Rgb24", PictureFile.Read(path).ToString());
    }

    private string At(string name) => Path.Combine(_folder, name);

    private PictureReading Read(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return PictureFile.TryRead(At(name));
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Repository.Fixture(Path.Combine("pictures", name)));

    /// <summary>A black PNG of one bit a pixel.</summary>
    private static void WritePng(FileStream file, int width, int height)
    {
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
    }

    private static void WriteChunk(FileStream file, ReadOnlySpan<byte> type, byte[] body)
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
