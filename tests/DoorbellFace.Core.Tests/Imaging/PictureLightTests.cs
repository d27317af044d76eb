using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class PictureLightTests
{
    [Theory]
    [InlineData(1, 20, LightVerdict.Black)]
    [InlineData(1, 60, LightVerdict.Dark)]
    [InlineData(20, 78, LightVerdict.Dark)]
    [InlineData(20, 82, LightVerdict.Right)]
    [InlineData(100, 120, LightVerdict.Flat)]
    [InlineData(0, 255, LightVerdict.Right)]
    [InlineData(180, 238, LightVerdict.Right)]
    [InlineData(190, 250, LightVerdict.Bright)]
    [InlineData(240, 255, LightVerdict.White)]
    public void A_picture_of_two_levels_is_judged(byte left, byte right, LightVerdict verdict)
    {
        byte[] pixels = [.. Enumerable.Range(0, 64 * 48).Select(i => i % 64 < 32 ? left : right)];

        var light = PictureLight.Of(new PixelBuffer(64, 48, PixelFormat.Gray8, pixels));

        Assert.Equal((verdict, (int)left, (int)right), (light.Verdict, light.Dark, light.Bright));
        Assert.Equal((left + right) / 2.0, light.Mean);
    }

    /// <summary>A lamp in a black picture, a hole in a white one: a few pixels decide nothing.</summary>
    [Theory]
    [InlineData(1, 255, LightVerdict.Black)]
    [InlineData(255, 1, LightVerdict.White)]
    public void A_twentieth_of_the_pixels_does_not_count(byte most, byte few, LightVerdict verdict)
    {
        byte[] pixels = [.. Enumerable.Range(0, 100 * 40).Select(i => i % 100 < 5 ? few : most)];

        Assert.Equal(verdict, PictureLight.Of(new PixelBuffer(100, 40, PixelFormat.Gray8, pixels)).Verdict);
    }

    [Fact]
    public void A_colour_picture_is_judged_by_its_luma()
    {
        byte[] pixels = [.. Enumerable.Range(0, 64 * 48 * 2).Select(i => (byte)(i % 2 == 0 ? 3 : 250))];

        Assert.Equal(LightVerdict.Black, PictureLight.Of(new PixelBuffer(64, 48, PixelFormat.Yuv422, pixels)).Verdict);
    }
}
