using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class PixelConversionTests
{
    [Theory]
    [InlineData(255, 255, 255, 255)]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    public void Luma_follows_Bt601(byte red, byte green, byte blue, byte luma) =>
        Assert.Equal(luma, PixelConversion.ToGray8(new PixelBuffer(1, 1, PixelFormat.Rgb24, new[] { red, green, blue })).Pixels[0]);

    [Fact]
    public void Yuv422_shares_its_color_between_two_pixels()
    {
        var yuv = new PixelBuffer(2, 1, PixelFormat.Yuv422, new byte[] { 81, 90, 81, 240 });

        Assert.Equal([81, 81], PixelConversion.ToGray8(yuv).Pixels.ToArray());
        byte[] rgb = PixelConversion.ToRgb24(yuv).Pixels.ToArray();
        Assert.Equal(rgb[..3], rgb[3..]);
        Assert.True(rgb[0] > 200 && rgb[1] < 40 && rgb[2] < 40, $"expected red, found {string.Join(' ', rgb[..3])}");
    }

    [Theory]
    [InlineData(0xF8, 0x00, 255, 0, 0)]
    [InlineData(0x07, 0xE0, 0, 255, 0)]
    [InlineData(0x00, 0x1F, 0, 0, 255)]
    public void Rgb565_is_read_high_byte_first(byte high, byte low, byte red, byte green, byte blue) =>
        Assert.Equal([red, green, blue],
            PixelConversion.ToRgb24(new PixelBuffer(1, 1, PixelFormat.Rgb565BigEndian, new[] { high, low })).Pixels.ToArray());

    [Fact]
    public void Gray_becomes_three_equal_channels() =>
        Assert.Equal([7, 7, 7, 9, 9, 9],
            PixelConversion.ToRgb24(new PixelBuffer(2, 1, PixelFormat.Gray8, new byte[] { 7, 9 })).Pixels.ToArray());

    [Fact]
    public void A_buffer_of_the_wrong_size_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<ArgumentException>(() => new PixelBuffer(4, 4, PixelFormat.Gray8, new byte[15]));

        Assert.Contains("16", error.Message, StringComparison.Ordinal);
        Assert.Contains("15", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(190, -170)]
    [InlineData(-180, 180)]
    [InlineData(180, 180)]
    [InlineData(720, 0)]
    public void Angles_are_brought_into_one_circle(float degrees, float expected) =>
        Assert.Equal(expected, Rotation.FromDegrees(degrees).Degrees);
}
