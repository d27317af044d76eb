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
        string? reason = Read("bomb.png", HostilePictures.Png(width, height)).Reason;

        Assert.Contains("is too large", reason, StringComparison.Ordinal);
        Assert.Contains("bomb.png", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person.jpg", 0xC0)]
    [InlineData("person-progressive.jpg", 0xC2)]
    public void A_jpeg_whose_header_asks_for_too_much_is_refused(string name, byte frame) =>
        Assert.Contains("is too large", Read("bomb.jpg", HostilePictures.Jpeg(name, frame)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_format_a_header_that_asks_for_too_much_is_refused()
    {
        foreach ((string name, byte[] content) in HostilePictures.All) Assert.False(Read(name, content).Succeeded, name);
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
        byte[] whole = HostilePictures.Png(6_000, 6_000);

        Assert.True(PngHeader.CanBeWhole(whole));
        Assert.False(PngHeader.CanBeWhole(whole.AsSpan(0, 2_000)));
        Assert.Contains("is damaged or was not copied to its end", Read("cut.png", whole[..2_000]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_larger_than_needed_is_reduced()
    {
        Assert.Equal("3000x2000 Rgb24", Read("large.png", HostilePictures.Png(6_000, 4_000)).Picture!.ToString());
    }

    private string At(string name) => Path.Combine(_folder, name);

    private PictureReading Read(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return PictureFile.TryRead(At(name));
    }
}
