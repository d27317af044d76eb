using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class PictureSharpnessTests
{
    [Fact]
    public void Letters_are_sharp_and_smeared_letters_are_blurred()
    {
        PixelBuffer letters = Letters();

        Assert.Equal(FocusVerdict.Sharp, PictureSharpness.Of(letters).Verdict);
        Assert.Equal(FocusVerdict.Blurred, PictureSharpness.Of(Smeared(letters, times: 8)).Verdict);
    }

    [Fact]
    public void The_more_it_is_blurred_the_lower_the_value()
    {
        double[] values = [.. Enumerable.Range(0, 5).Select(times => PictureSharpness.Of(Smeared(Letters(), times)).Value)];

        Assert.Equal(values.OrderDescending(), values);
        Assert.All(values, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void A_plain_wall_and_a_gentle_gradient_tell_nothing()
    {
        byte[] gradient = [.. Enumerable.Range(0, 320 * 240).Select(i => (byte)(i % 320 * 200 / 320))];

        Assert.Equal(FocusVerdict.NothingToSee,
            PictureSharpness.Of(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240])).Verdict);
        Assert.Equal(FocusVerdict.NothingToSee, PictureSharpness.Of(new PixelBuffer(320, 240, PixelFormat.Gray8, gradient)).Verdict);
    }

    /// <summary>Noise is as sharp as can be; alone, it must not pass for a picture.</summary>
    [Fact]
    public void The_noise_of_an_evening_averaged_over_four_frames_is_no_edge()
    {
        PixelBuffer[] frames = [.. Enumerable.Range(0, 4).Select(seed => Noisy(100, 6, seed))];

        Assert.Equal(FocusVerdict.NothingToSee, PictureSharpness.Of(PictureSharpness.Average(frames)).Verdict);
    }

    [Fact]
    public void The_average_is_the_mean_rounded()
    {
        PixelBuffer[] frames =
            [.. ((byte[])[10, 11, 11, 255]).Select(level => new PixelBuffer(2, 1, PixelFormat.Gray8, new[] { level, level }))];

        Assert.Equal([72, 72], PictureSharpness.Average(frames).Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => PictureSharpness.Average([]));
        Assert.Throws<ArgumentException>(() =>
            PictureSharpness.Average([frames[0], new PixelBuffer(1, 1, PixelFormat.Gray8, new byte[1])]));
    }

    /// <summary>The value by the formula itself, with nothing carried from pixel to pixel.</summary>
    [Fact]
    public void The_running_sum_is_the_formula()
    {
        PixelBuffer picture = Noisy(120, 60, seed: 5);
        double total = 0, lost = 0;
        int At(int x, int y) => picture.Row(Math.Clamp(y, 0, picture.Height - 1))[Math.Clamp(x, 0, picture.Width - 1)];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                if (x > 0) Take(i => At(x + i, y));
                if (y > 0) Take(i => At(x, y + i));
            }
        }

        Assert.Equal(lost / total, PictureSharpness.Of(picture).Value, 9);

        void Take(Func<int, int> along)
        {
            double edge = Math.Abs(along(0) - along(-1)), after = Math.Abs(Mean(along, 0) - Mean(along, -1));
            if (edge <= 20) return;
            total += edge;
            lost += Math.Max(0, edge - after);
        }
    }

    private static double Mean(Func<int, int> along, int at) => Enumerable.Range(at - 4, 9).Sum(along) / 9.0;

    /// <summary>Strokes of one to four pixels, as a page before the lens.</summary>
    private static PixelBuffer Letters()
    {
        byte[] pixels = new byte[320 * 240];
        var random = new Random(7);
        for (int y = 0; y < 240; y += 12)
        {
            for (int x = 0, black = 0; x < 320; black ^= 1)
            {
                int width = random.Next(1, 5);
                for (int i = x; i < Math.Min(x + width, 320); i++)
                {
                    for (int row = y; row < y + 12; row++) pixels[(row * 320) + i] = (byte)(black == 1 && row < y + 8 ? 30 : 220);
                }
                x += width;
            }
        }
        return new PixelBuffer(320, 240, PixelFormat.Gray8, pixels);
    }

    private static PixelBuffer Smeared(PixelBuffer picture, int times)
    {
        for (; times > 0; times--)
        {
            PixelBuffer from = picture;
            byte[] pixels = new byte[from.Pixels.Length];
            for (int y = 0; y < from.Height; y++)
            {
                for (int x = 0; x < from.Width; x++)
                {
                    int sum = 0;
                    for (int j = -1; j <= 1; j++)
                        for (int i = -1; i <= 1; i++)
                            sum += from.Row(Math.Clamp(y + j, 0, from.Height - 1))[Math.Clamp(x + i, 0, from.Width - 1)];
                    pixels[(y * from.Width) + x] = (byte)(sum / 9);
                }
            }
            picture = new PixelBuffer(from.Width, from.Height, PixelFormat.Gray8, pixels);
        }
        return picture;
    }

    private static PixelBuffer Noisy(int level, double sigma, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[320 * 240];
        for (int i = 0; i < pixels.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            pixels[i] = (byte)Math.Clamp(Math.Round(level + (sigma * normal)), 0, 255);
        }
        return new PixelBuffer(320, 240, PixelFormat.Gray8, pixels);
    }
}
