using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision.Tests;

/// <summary>
/// Pictures that ImageMagick, libheif and exiftool have made (tests/fixtures/pictures/make.sh), each of one and the same drawn person.
/// </summary>
public class PictureFormatTests
{
    private static readonly PixelBuffer Expected = PictureFile.Read(Fixture("person.png"));

    /// <summary>
    /// How far the mean of all channels may be off: nothing where nothing is lost, more where colours are rounded, counted or printed.
    /// </summary>
    [Theory]
    [InlineData("person-16bit.png", 0)]
    [InlineData("person.tif", 0)]
    [InlineData("person-lzw.tif", 0)]
    [InlineData("person.bmp", 0)]
    [InlineData("person-lossless.webp", 0)]
    [InlineData("person.jpg", 2)]
    [InlineData("person.jfif", 2)]
    [InlineData("person-progressive.jpg", 2)]
    [InlineData("person-jpeg.tif", 2)]
    [InlineData("person.webp", 3)]
    [InlineData("person.heic", 3)]
    [InlineData("heic-that-is-called.jpg", 3)]
    [InlineData("person.avif", 3)]
    [InlineData("person.gif", 4)]
    [InlineData("person-cmyk.jpg", 4)]
    public void Every_format_shows_the_same_person(string name, double tolerance) => AssertSame(Expected, name, tolerance);

    [Fact]
    public void A_gray_photo_shows_the_same_person_in_gray() =>
        AssertSame(PixelConversion.ToRgb24(PixelConversion.ToGray8(Expected)), "person-gray.jpg", tolerance: 3);

    /// <summary>Skia reads JPEG and WebP, ImageMagick CMYK and TIFF.</summary>
    [Theory]
    [EveryOrientation(".jpg", 2)]
    [EveryOrientation(".webp", 3)]
    [EveryOrientation("-cmyk.jpg", 4)]
    [EveryOrientation(".tif", 0)]
    public void However_the_camera_was_held_the_picture_is_upright(int orientation, string ending, double tolerance) =>
        AssertSame(Expected, $"orientation-{orientation}{ending}", tolerance);

    [Fact]
    public void Every_picture_cut_off_in_the_middle_is_refused_with_a_sentence()
    {
        string folder = Directory.CreateTempSubdirectory("doorbell-cut-").FullName;
        try
        {
            foreach (string path in Directory.EnumerateFiles(Fixture(""), "person*"))
            {
                byte[] content = File.ReadAllBytes(path);
                string cut = Path.Combine(folder, Path.GetFileName(path));
                File.WriteAllBytes(cut, content[..(content.Length * 6 / 10)]);

                Assert.Equal($"The file '{cut}' is damaged or was not copied to its end; it holds no whole picture.",
                    PictureFile.TryRead(cut).Reason);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertSame(PixelBuffer expected, string name, double tolerance)
    {
        PictureReading reading = PictureFile.TryRead(Fixture(name));

        Assert.True(reading.Succeeded, reading.Reason);
        Assert.Equal(expected.ToString(), reading.Picture.ToString());
        double difference = expected.Pixels.ToArray().Zip(reading.Picture.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(difference, 0, tolerance);
    }

    private static string Fixture(string name) => Repository.Fixture(Path.Combine("pictures", name));
}

/// <summary>Rows with each of EXIF's eight orientations.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class EveryOrientationAttribute(string ending, double tolerance) : Xunit.Sdk.DataAttribute
{
    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
        Enumerable.Range(1, 8).Select(orientation => new object[] { orientation, ending, tolerance });
}
