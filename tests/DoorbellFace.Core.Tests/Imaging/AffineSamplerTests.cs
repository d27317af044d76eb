using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class AffineSamplerTests
{
    [Fact]
    public void The_identity_gives_the_picture_back()
    {
        PixelBuffer picture = Gray(7, 5, (x, y) => (x * 31) + (y * 7));

        PixelBuffer sampled = AffineSampler.Sample(picture, AffineTransform.TargetToSource(7, 5, 3.5f, 2.5f, 1, Rotation.None), 7, 5);

        Assert.Equal(picture.Pixels.ToArray(), sampled.Pixels.ToArray());
    }

    [Fact]
    public void A_quarter_turn_brings_a_face_that_leans_right_upright()
    {
        // A mark at the right edge stands for the brow of a head that leans 90 degrees clockwise.
        PixelBuffer picture = Gray(5, 5, (x, y) => x == 4 && y == 2 ? 200 : 0);

        PixelBuffer upright =
            AffineSampler.Sample(picture, AffineTransform.TargetToSource(5, 5, 2.5f, 2.5f, 1, Rotation.FromDegrees(90)), 5, 5);

        Assert.Equal(200, upright.Row(0)[2]);
        Assert.Equal(200, upright.Pixels.ToArray().Sum(value => value));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Shrinking_averages_what_it_covers(int factor)
    {
        PixelBuffer checkerboard = Gray(factor * 8, factor * 8, (x, y) => (x + y) % 2 == 0 ? 0 : 200);

        PixelBuffer small =
            AffineSampler.Sample(checkerboard, AffineTransform.TargetToSource(8, 8, factor * 4f, factor * 4f, factor, Rotation.None), 8, 8);

        Assert.All(small.Pixels.ToArray(), value => Assert.InRange(value, 90, 110));
    }

    [Fact]
    public void Beyond_the_edge_the_edge_continues()
    {
        PixelBuffer picture = Gray(4, 4, (x, _) => 10 + x);

        PixelBuffer wider = AffineSampler.Sample(picture, AffineTransform.TargetToSource(8, 4, 2, 2, 1, Rotation.None), 8, 4);

        Assert.Equal([10, 10, 10, 11, 12, 13, 13, 13], wider.Row(1).ToArray());
    }

    [Fact]
    public void Color_keeps_its_channels_apart()
    {
        var picture = new PixelBuffer(2, 1, PixelFormat.Rgb24, new byte[] { 10, 20, 30, 40, 50, 60 });

        PixelBuffer sampled = AffineSampler.Sample(picture, AffineTransform.TargetToSource(2, 1, 1, 0.5f, 1, Rotation.None), 2, 1);

        Assert.Equal(picture.Pixels.ToArray(), sampled.Pixels.ToArray());
    }

    /// <summary>Gray rows that lie inside are cut out another way, and no pixel may tell which way it came.</summary>
    [Theory]
    [InlineData(0, 0.4f, 20, 15)]
    [InlineData(31, 1, 20, 15)]
    [InlineData(90, 1, 19.5f, 14.5f)]
    [InlineData(200, 1.7f, 12, 20)]
    [InlineData(290, 3.1f, 3, 2)]
    public void Gray_is_sampled_as_color_is(float degrees, float scale, float x, float y)
    {
        PixelBuffer gray = Gray(41, 30, (column, row) => (column * column * 7) + (row * 53) + (column * row));
        byte[] thrice = [.. gray.Pixels.ToArray().SelectMany(value => new[] { value, value, value })];
        var color = new PixelBuffer(41, 30, PixelFormat.Rgb24, thrice);
        var map = AffineTransform.TargetToSource(19, 13, x, y, scale, Rotation.FromDegrees(degrees));

        byte[] ofGray = AffineSampler.Sample(gray, map, 19, 13).Pixels.ToArray();

        Assert.Equal(AffineSampler.Sample(color, map, 19, 13).Pixels.ToArray().Where((_, i) => i % 3 == 1), ofGray);
    }

    [Fact]
    public void Packed_formats_are_refused() =>
        Assert.Throws<ArgumentException>(() => AffineSampler.Sample(new PixelBuffer(2, 1, PixelFormat.Yuv422, new byte[4]), default, 2, 1));

    private static PixelBuffer Gray(int width, int height, Func<int, int, int> value) =>
        new(width, height, PixelFormat.Gray8, Enumerable.Range(0, width * height).Select(i => (byte)value(i % width, i / width)).ToArray());
}
