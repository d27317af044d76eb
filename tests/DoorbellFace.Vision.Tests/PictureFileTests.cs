using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision;

namespace DoorbellFace.Vision.Tests;

public sealed class PictureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("doorbell-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_png_comes_back_byte_for_byte()
    {
        PixelBuffer picture = Gradient(37, 21);
        PictureFile.Write(At("a.png"), picture);

        PixelBuffer back = PictureFile.Read(At("a.png"));

        Assert.Equal(PixelFormat.Rgb24, back.Format);
        Assert.Equal((37, 21), (back.Width, back.Height));
        Assert.Equal(picture.Pixels.ToArray(), back.Pixels.ToArray());
    }

    [Fact]
    public void A_gray_picture_is_written_in_one_channel_and_read_as_three_equal_ones()
    {
        PixelBuffer gray = PixelConversion.ToGray8(Gradient(16, 9));
        PictureFile.Write(At("gray.png"), gray);

        Assert.Equal(PixelConversion.ToRgb24(gray).Pixels.ToArray(), PictureFile.Read(At("gray.png")).Pixels.ToArray());
        // PNG's IHDR stores the colour type in byte 25: 0 is gray, 2 is RGB.
        Assert.Equal(0, File.ReadAllBytes(At("gray.png"))[25]);
    }

    [Fact]
    public void A_jpeg_is_close_to_what_was_written()
    {
        PixelBuffer picture = Gradient(64, 48);
        PictureFile.Write(At("a.jpg"), picture);

        PixelBuffer back = PictureFile.Read(At("a.jpg"));

        double meanDifference = picture.Pixels.ToArray().Zip(back.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(meanDifference, 0, 4);
    }

    [Fact]
    public void A_photo_taken_with_the_camera_turned_comes_out_upright()
    {
        // 32 x 16, red on the left half. Orientation 6: the camera was turned, and a viewer must turn the picture a quarter clockwise.
        var pixels = new byte[32 * 16 * 3];
        for (int i = 0; i < 32 * 16; i++) pixels[(i * 3) + (i % 32 < 16 ? 0 : 2)] = 220;
        PictureFile.Write(At("plain.jpg"), new PixelBuffer(32, 16, PixelFormat.Rgb24, pixels));
        File.WriteAllBytes(At("turned.jpg"), WithExifOrientation(File.ReadAllBytes(At("plain.jpg")), orientation: 6));

        PixelBuffer upright = PictureFile.Read(At("turned.jpg"));

        Assert.Equal((16, 32), (upright.Width, upright.Height));
        Assert.True(upright.Row(3)[8 * 3] > 150, "the red half must be on top");
        Assert.True(upright.Row(28)[(8 * 3) + 2] > 150, "the blue half must be below");
    }

    [Fact]
    public void Writing_replaces_the_file_and_leaves_nothing_else_behind()
    {
        PictureFile.Write(At("a.png"), Gradient(8, 8));
        PictureFile.Write(At("a.png"), Gradient(9, 7));

        Assert.Equal(9, PictureFile.Read(At("a.png")).Width);
        Assert.Equal([At("a.png")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing_behind()
    {
        Directory.CreateDirectory(At("a.png"));

        Assert.ThrowsAny<Exception>(() => PictureFile.Write(At("a.png"), Gradient(8, 8)));

        Assert.Equal([At("a.png")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void An_unknown_ending_is_refused() =>
        Assert.Throws<ArgumentException>(() => PictureFile.Write(At("a.xyz"), Gradient(8, 8)));

    [Fact]
    public void A_missing_file_is_a_reason_that_names_it()
    {
        PictureReading reading = PictureFile.TryRead(At("nobody.png"));

        Assert.False(reading.Succeeded);
        Assert.Contains("no file", reading.Reason, StringComparison.Ordinal);
        Assert.Contains("nobody.png", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_an_empty_file_and_a_text_file_each_get_their_reason()
    {
        File.WriteAllBytes(At("empty.jpg"), []);
        File.WriteAllText(At("letter.jpg"), "Dear doorbell, this is no picture.");

        Assert.Contains("is a folder", PictureFile.TryRead(_folder).Reason, StringComparison.Ordinal);
        Assert.Contains("is empty", PictureFile.TryRead(At("empty.jpg")).Reason, StringComparison.Ordinal);
        Assert.Contains("no whole picture", PictureFile.TryRead(At("letter.jpg")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_picture_never_throws_out_of_try_read()
    {
        PictureFile.Write(At("whole.png"), Gradient(40, 40));
        byte[] whole = File.ReadAllBytes(At("whole.png"));
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] damaged = whole[..random.Next(1, whole.Length + 1)];
            for (int i = 0; i < 4; i++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(At("damaged.png"), damaged);

            PictureReading reading = PictureFile.TryRead(At("damaged.png"));

            Assert.True(reading.Succeeded ^ reading.Reason is not null);
        }
    }

    [Fact]
    public void A_header_that_asks_for_more_memory_than_there_is_gets_a_reason()
    {
        // BMP: a file header of 14 bytes, then 40 bytes with width and height as 32-bit numbers, 24 bits a pixel.
        byte[] header =
            [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. BitConverter.GetBytes(2_000_000), .. BitConverter.GetBytes(2_000_000), 1, 0, 24, 0,
                .. new byte[24]];
        File.WriteAllBytes(At("huge.bmp"), [.. header, .. new byte[192]]);

        PictureReading reading = PictureFile.TryRead(At("huge.bmp"));

        Assert.False(reading.Succeeded);
        Assert.Contains("huge.bmp", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_throws_the_reason() =>
        Assert.Contains("nobody.png", Assert.Throws<InvalidPictureException>(() => PictureFile.Read(At("nobody.png"))).Message,
            StringComparison.Ordinal);

    private string At(string name) => Path.Combine(_folder, name);

    private static PixelBuffer Gradient(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (int i = 0, p = 0; i < width * height; i++, p += 3)
        {
            pixels[p] = (byte)(i % width * 255 / width);
            pixels[p + 1] = (byte)(i / width * 255 / height);
            pixels[p + 2] = 90;
        }
        return new PixelBuffer(width, height, PixelFormat.Rgb24, pixels);
    }

    /// <summary>Puts an APP1 segment with one TIFF entry (tag 0x0112, SHORT, big-endian) behind the JPEG's start marker.</summary>
    private static byte[] WithExifOrientation(byte[] jpeg, byte orientation)
    {
        byte[] body = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        int length = body.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body, .. jpeg[2..]];
    }
}
