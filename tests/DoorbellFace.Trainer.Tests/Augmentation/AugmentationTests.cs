using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Tests.Augmentation;

public class AugmentationTests
{
    private const int Size = 64;

    private static readonly PixelBuffer Crop = DrawnFolder.Draw("Anna", 0);

    [Fact]
    public void The_chain_is_the_same_for_the_same_stream_and_another_for_another()
    {
        AugmentationChain chain = AugmentationList.Parse(AugmentationList.Doorbell).Chain(Size);
        byte[] Augmented(int stream) => chain.Apply(Crop, new SeededRandom(1, stream)).Memory.ToArray();

        Assert.Equal(Augmented(5), Augmented(5));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(stream => Convert.ToHexString(Augmented(stream))).Distinct().Count());
    }

    [Fact]
    public void The_chain_gives_the_networks_size_and_leaves_the_crop_as_it_is()
    {
        byte[] before = Crop.Memory.ToArray();

        for (int stream = 0; stream < 20; stream++)
            Assert.Equal($"{Size}x{Size} Gray8",
                AugmentationList.Parse(AugmentationList.Doorbell).Chain(Size).Apply(Crop, new SeededRandom(1, stream)).ToString());

        Assert.Equal(before, Crop.Memory.ToArray());
    }

    [Fact]
    public void The_chain_takes_colour_as_well()
    {
        PixelBuffer colour = PixelConversion.ToRgb24(Crop);

        for (int stream = 0; stream < 20; stream++)
            Assert.Equal($"{Size}x{Size} Rgb24",
                AugmentationList.Parse(AugmentationList.Doorbell).Chain(Size).Apply(colour, new SeededRandom(1, stream)).ToString());
    }

    [Fact]
    public void Flipping_mirrors_about_half_of_all_crops()
    {
        var picture =
            new PixelBuffer(3, 2, PixelFormat.Rgb24, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19 });
        byte[][] results =
            [.. Enumerable.Range(0, 200).Select(stream =>
                new HorizontalFlip().Apply(picture, new SeededRandom(1, stream)).Memory.ToArray())];
        byte[] mirrored = [7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13];

        Assert.InRange(results.Count(result => result.SequenceEqual(mirrored)), 70, 130);
        Assert.All(results, result => Assert.True(result.SequenceEqual(mirrored) || result.SequenceEqual(picture.Memory.ToArray())));
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    public void Occlusion_covers_a_rectangle_of_about_a_quarter_of_all_crops(PixelFormat format)
    {
        const int Edge = 60;
        int channels = format.BytesPerPixel(), covered = 0;
        // Neighbours differ everywhere, so that what is even was covered.
        var picture = new PixelBuffer(Edge, Edge, format, Enumerable.Range(0, Edge * Edge * channels).Select(i => (byte)(i * 7)).ToArray());

        for (int stream = 0; stream < 200; stream++)
        {
            PixelBuffer result = new RandomOcclusion().Apply(picture, new SeededRandom(1, stream));
            (int X, int Y)[] changed =
                [.. Enumerable.Range(0, Edge * Edge).Select(i => (i % Edge, i / Edge))
                    .Where(at => !Pixel(result, at).SequenceEqual(Pixel(picture, at)))];
            if (changed.Length == 0) continue;
            covered++;
            int width = changed.Max(at => at.X) - changed.Min(at => at.X) + 1,
                height = changed.Max(at => at.Y) - changed.Min(at => at.Y) + 1;
            Assert.InRange(width * height / (float)(Edge * Edge), 0.02f, 0.21f);
            byte gray = Pixel(result, changed[0])[0];
            Assert.All(changed, at => Assert.All(Pixel(result, at), value => Assert.Equal(gray, value)));
            Assert.InRange(changed.Length, 0.9 * width * height, width * height);
        }
        Assert.InRange(covered, 30, 70);

        byte[] Pixel(PixelBuffer of, (int X, int Y) at) => of.Row(at.Y).Slice(at.X * channels, channels).ToArray();
    }

    [Fact]
    public void Placement_turns_scales_and_shifts_within_its_limits()
    {
        // A single bright spot right of the centre: where it lands tells turn, scale and shift.
        var pixels = new byte[128 * 128];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(255 * MathF.Exp(-(MathF.Pow((i % 128) - 104, 2) + MathF.Pow((i / 128) - 64, 2)) / 50));
        var picture = new PixelBuffer(128, 128, PixelFormat.Gray8, pixels);
        var placement = new RandomPlacement(128, maxRotationDegrees: 12, maxScale: 0.08f, maxShift: 0.05f);

        (float X, float Y)[] centres =
            [.. Enumerable.Range(0, 100).Select(stream => CentreOf(placement.Apply(picture, new SeededRandom(1, stream))))];

        // 40 pixels x 1.09 + 5 % of 128 x 1.09 to the side at most; sin 12 degrees of 40 plus the shift up and down.
        Assert.All(centres, centre => Assert.InRange(centre.X, 64 + (40 * 0.9f) - 8, 64 + (40 * 1.09f) + 7.5f));
        Assert.All(centres, centre => Assert.InRange(centre.Y, 64 - 17, 64 + 17));
        Assert.True(centres.Max(centre => centre.Y) - centres.Min(centre => centre.Y) > 15, "the turns are too small to matter");
    }

    [Fact]
    public void Exposure_changes_light_but_keeps_its_order()
    {
        byte[] ramp = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var picture = new PixelBuffer(256, 1, PixelFormat.Gray8, ramp);
        int changed = 0;
        for (int stream = 0; stream < 100; stream++)
        {
            byte[] result = new RandomExposure().Apply(picture, new SeededRandom(1, stream)).Memory.ToArray();
            Assert.True(result.Zip(result.Skip(1)).All(pair => pair.First <= pair.Second), "a brighter pixel became a darker one");
            if (!result.SequenceEqual(ramp)) changed++;
        }
        Assert.InRange(changed, 65, 95);
    }

    [Fact]
    public void The_small_camera_loses_detail_and_keeps_the_mean()
    {
        // A fine checkerboard is what a small camera cannot see.
        byte[] pixels = [.. Enumerable.Range(0, 112 * 112).Select(i => (byte)(((i % 112) + (i / 112)) % 2 == 0 ? 90 : 150))];
        var picture = new PixelBuffer(112, 112, PixelFormat.Gray8, pixels);
        int coarser = 0;
        for (int stream = 0; stream < 100; stream++)
        {
            byte[] result = new SmallCamera().Apply(picture, new SeededRandom(1, stream)).Memory.ToArray();
            Assert.Equal(112 * 112, result.Length);
            Assert.InRange(result.Average(pixel => pixel), 117, 123);
            if (result.Average(pixel => Math.Abs(pixel - 120.0)) < 20) coarser++;
        }
        Assert.InRange(coarser, 40, 75);
    }

    private static (float X, float Y) CentreOf(PixelBuffer picture)
    {
        float sum = 0, x = 0, y = 0;
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            float weight = picture.Pixels[i];
            sum += weight;
            x += weight * (i % picture.Width);
            y += weight * (i / picture.Width);
        }
        return (x / sum, y / sum);
    }
}
