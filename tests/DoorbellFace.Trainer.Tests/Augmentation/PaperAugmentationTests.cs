using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Tests.Augmentation;

/// <summary>The paper's four, with its parameters, and how they are named and joined.</summary>
public class PaperAugmentationTests
{
    private const int Edge = 129;

    [Fact]
    public void Rotation_turns_evenly_up_to_twenty_degrees_either_way()
    {
        // A bright spot 50 pixels right of the centre: the angle at which it lands is the turn.
        PixelBuffer picture = Spot(50, 0);

        double[] angles =
            [.. Enumerable.Range(0, 300).Select(stream => AngleOf(new RandomRotation().Apply(picture, new SeededRandom(1, stream))))];

        Assert.All(angles, angle => Assert.InRange(angle, -20.5, 20.5));
        Assert.InRange(angles.Min(), -20.5, -18);
        Assert.InRange(angles.Max(), 18, 20.5);
        // Evenly: a quarter of them in each quarter.
        for (int quarter = 0; quarter < 4; quarter++)
            Assert.InRange(angles.Count(angle => angle >= -20 + (10 * quarter) && angle < -10 + (10 * quarter)), 50, 100);
    }

    [Fact]
    public void The_resized_crop_takes_rectangles_of_torchvisions_sizes_and_shapes()
    {
        (float X, float Y, float Width, float Height)[] chosen =
            [.. Enumerable.Range(0, 2000).Select(stream => RandomResizedCrop.Choose(224, 224, new SeededRandom(1, stream)))];

        Assert.All(chosen, place =>
            Assert.True(place.X >= 0 && place.Y >= 0 && place.X + place.Width <= 224 && place.Y + place.Height <= 224,
                $"{place} lies outside"));
        double[] areas = [.. chosen.Select(place => place.Width * place.Height / (224.0 * 224))],
            shapes = [.. chosen.Select(place => (double)place.Width / place.Height)];
        // Whole pixels: half a pixel more or less on a side.
        Assert.InRange(areas.Min(), 0.075, 0.12);
        Assert.InRange(areas.Max(), 0.93, 1);
        Assert.InRange(shapes.Min(), 0.73, 0.77);
        Assert.InRange(shapes.Max(), 1.31, 1.36);
        Assert.InRange(shapes.Count(shape => shape < 1), 850, 1150);
    }

    [Fact]
    public void The_resized_crop_shows_the_rectangle_it_chose()
    {
        // Brightness tells the column, so the means of the first and last column tell where the rectangle lay.
        byte[] ramp = [.. Enumerable.Range(0, 200 * 200).Select(i => (byte)(i % 200))];
        var picture = new PixelBuffer(200, 200, PixelFormat.Gray8, ramp);
        for (int stream = 0; stream < 20; stream++)
        {
            (float x, _, float width, _) = RandomResizedCrop.Choose(200, 200, new SeededRandom(1, stream));
            PixelBuffer result = new RandomResizedCrop(100).Apply(picture, new SeededRandom(1, stream));

            Assert.Equal("100x100 Gray8", result.ToString());
            Assert.InRange(result.Row(50)[0], x + (width / 200) - 2, x + (width / 200) + 2);
            Assert.InRange(result.Row(50)[99], x + (width * 199 / 200) - 3, x + (width * 199 / 200) + 2);
        }
    }

    [Fact]
    public void Noise_has_the_papers_deviation_and_no_bias()
    {
        var picture = new PixelBuffer(200, 200, PixelFormat.Gray8, Enumerable.Repeat((byte)128, 200 * 200).ToArray());

        double[] differences = [.. new GaussianNoise().Apply(picture, new SeededRandom(1)).Memory.ToArray().Select(pixel => pixel - 128.0)];

        // 0.01 of white is 2.55 levels; rounding to whole levels adds 1/12 to the variance.
        Assert.InRange(differences.Average(), -0.05, 0.05);
        Assert.InRange(Math.Sqrt(differences.Average(difference => difference * difference)), 2.5, 2.62);
    }

    [Fact]
    public void Normalisation_is_ImageNets_and_without_it_values_go_from_0_to_1()
    {
        var white = new PixelBuffer(64, 64, PixelFormat.Rgb24, Enumerable.Repeat((byte)255, 64 * 64 * 3).ToArray());
        float[] Tensor(string augment) => new Preprocessor(AugmentationList.Parse(augment).Preprocessor(64, colour: true)).ToTensor(white);

        float[] normalised = Tensor("rotation,imagenet-normalise"), plain = Tensor("rotation");

        Assert.Equal((1 - 0.485f) / 0.229f, normalised[0], 1e-4f);
        Assert.Equal((1 - 0.456f) / 0.224f, normalised[64 * 64], 1e-4f);
        Assert.Equal((1 - 0.406f) / 0.225f, normalised[2 * 64 * 64], 1e-4f);
        Assert.All(plain, value => Assert.Equal(1f, value, 1e-6f));
    }

    [Theory]
    [InlineData("rotation")]
    [InlineData("resized-crop")]
    [InlineData("noise")]
    [InlineData("paper")]
    [InlineData("doorbell")]
    public void Each_is_the_same_for_the_same_stream_and_another_for_another(string augment)
    {
        PixelBuffer crop = DrawnFolder.Draw("Anna", 0);
        string Augmented(int stream) =>
            Convert.ToHexString(AugmentationList.Parse(augment).Chain(64).Apply(crop, new SeededRandom(1, stream)).Pixels);

        Assert.Equal(Augmented(5), Augmented(5));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(Augmented).Distinct().Count());
    }

    [Fact]
    public void Lists_are_written_out_and_their_order_is_kept()
    {
        Assert.Equal("rotation,resized-crop,noise,imagenet-normalise", AugmentationList.Parse("paper").ToString());
        Assert.Equal("noise,flip", AugmentationList.Parse(" noise, flip").ToString());
        Assert.Equal("none", AugmentationList.Parse("none").ToString());
        Assert.False(AugmentationList.Parse("imagenet-normalise").ChangesPictures);
        Assert.True(AugmentationList.Parse("noise").ChangesPictures);
    }

    [Theory]
    [InlineData("rotaton", "--augment has 'rotaton'; expected one or more of ")]
    [InlineData("noise,noise", "--augment has 'noise' twice.")]
    [InlineData("", "--augment has ''; expected one or more of ")]
    public void What_is_no_augmentation_is_named(string text, string sentence) =>
        Assert.StartsWith(sentence, AugmentationList.Complaint(text), StringComparison.Ordinal);

    private static PixelBuffer Spot(int right, int down)
    {
        var pixels = new byte[Edge * Edge];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(255 * Math.Exp(-(Math.Pow((i % Edge) - 64 - right, 2) + Math.Pow((i / Edge) - 64 - down, 2)) / 20));
        return new PixelBuffer(Edge, Edge, PixelFormat.Gray8, pixels);
    }

    private static double AngleOf(PixelBuffer picture)
    {
        double sum = 0, x = 0, y = 0;
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            double weight = picture.Pixels[i];
            sum += weight;
            x += weight * ((i % Edge) - 64);
            y += weight * ((i / Edge) - 64);
        }
        return Math.Atan2(y / sum, x / sum) * 180 / Math.PI;
    }
}
