using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class PictureMotionTests
{
    private readonly PictureMotion _motion = new();

    [Theory]
    [InlineData(0, 1f, false)]
    [InlineData(0, 0.6f, false)]
    [InlineData(0, 1.5f, false)]
    [InlineData(10, 1f, true)]
    [InlineData(60, 1f, true)]
    [InlineData(60, 0.6f, true)]
    public void What_moves_is_told_from_noise_and_from_exposure_that_settles(int step, float light, bool expected)
    {
        Assert.False(_motion.Look(Scene(100, 1, 1f)));

        Assert.Equal(expected, _motion.Look(Scene(100 + step, 2, light)));
    }

    [Fact]
    public void After_a_visitor_has_gone_the_next_picture_is_the_first()
    {
        _motion.Look(Scene(20, 1, 1f));
        _motion.Forget();

        Assert.False(_motion.Look(Scene(200, 2, 1f)));
    }

    [Fact]
    public void In_the_dark_nothing_moves()
    {
        _motion.Look(Scene(100, 1, 0.01f));

        Assert.False(_motion.Look(Scene(200, 2, 0.01f)));
    }

    /// <summary>A wall whose brightness rises to white, and a back of 60 pixels before it; noise of a few levels.</summary>
    private static PixelBuffer Scene(int at, int seed, float light)
    {
        const int width = 320, height = 240;
        var chance = new Random(seed);
        var pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            float level = x >= at && x < at + 60 && y > 60 ? 45 : 60 + x;
            pixels[i] = (byte)Math.Clamp((level * light) + chance.Next(-6, 7), 1, 255);
        }
        return new PixelBuffer(width, height, PixelFormat.Gray8, pixels);
    }
}
