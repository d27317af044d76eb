using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Vision.Tests;

/// <summary>What people see who look at a visit's picture. The letters come from an installed font, DejaVu at least.</summary>
public class FrameAnnotatorTests
{
    private const int Width = 320, Height = 240, Enlargement = 2;

    private static readonly PixelBuffer Black = new(Width, Height, PixelFormat.Gray8, new byte[Width * Height]);

    [Fact]
    public void The_frame_is_enlarged_twice_and_a_turned_box_goes_round_the_face()
    {
        // A square of 100 pixels around (150, 110), turned by 45 degrees: its corners lie on the axes, 70.7 pixels off.
        PixelBuffer drawn =
            FrameAnnotator.Annotate(Black, new FaceDetection(new PixelRect(100, 60, 100, 100), Rotation.FromDegrees(45), 1), "");

        (int X, int Y)[] green = [.. Places(drawn, (red, bright, blue) => bright > 200 && red < 150)];
        Assert.Equal(Width * Enlargement, drawn.Width);
        Assert.True(drawn.Height > Height * Enlargement);
        Assert.InRange(green.Min(place => place.X), 155, 160);
        Assert.InRange(green.Max(place => place.X), 439, 444);
        Assert.InRange(green.Min(place => place.Y), 75, 80);
        Assert.InRange(green.Max(place => place.Y), 359, 364);
    }

    [Theory]
    [InlineData("Jos\u00e9", "Jose")]
    [InlineData("\u0410\u043d\u043d\u0430", "????")]
    [InlineData("\u0395\u03bb\u03ad\u03bd\u03b7", "?????")]
    public void Captions_keep_the_letters_of_other_scripts(string name, string impoverished)
    {
        PixelBuffer caption = FrameAnnotator.Annotate(Black, null, name), poor = FrameAnnotator.Annotate(Black, null, impoverished),
            empty = FrameAnnotator.Annotate(Black, null, "");

        Assert.True(Places(caption, (red, _, _) => red > 200).Count() > 50);
        Assert.NotEqual(poor.Pixels.ToArray(), caption.Pixels.ToArray());
        Assert.Empty(Places(empty, (red, _, _) => red > 200));
    }

    [Fact]
    public void Letters_that_no_font_has_show_as_boxes_and_end_nothing() =>
        Assert.NotEmpty(Places(FrameAnnotator.Annotate(Black, null, "a\U000F1234\u200F\u0301 \ud800"), (red, _, _) => red > 200));

    private static IEnumerable<(int X, int Y)> Places(PixelBuffer picture, Func<byte, byte, byte, bool> isMeant)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                ReadOnlySpan<byte> pixel = picture.Row(y).Slice(3 * x, 3);
                if (isMeant(pixel[0], pixel[1], pixel[2])) yield return (x, y);
            }
        }
    }
}
