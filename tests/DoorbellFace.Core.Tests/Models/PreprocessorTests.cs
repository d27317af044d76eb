using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Tests.Models;

public class PreprocessorTests
{
    private static readonly PreprocessorSettings Plain = PreprocessorSettings.ImageNetGray(16) with
    {
        RescaleFactor = 1,
        ImageMean = [0, 0, 0],
        ImageStd = [1, 1, 1],
    };

    [Fact]
    public void Channels_lie_behind_each_other_in_the_order_asked_for()
    {
        PixelBuffer crop = Uniform(32, 10, 20, 30);

        Assert.Equal([10f, 20f, 30f], FirstOfEachPlane(Plain with { ChannelOrder = "RGB" }, crop));
        Assert.Equal([30f, 20f, 10f], FirstOfEachPlane(Plain with { ChannelOrder = "BGR" }, crop));
        Assert.Equal([18f, 18f, 18f], FirstOfEachPlane(Plain, crop));
    }

    [Fact]
    public void Pixels_are_rescaled_before_mean_and_deviation()
    {
        PreprocessorSettings settings = PreprocessorSettings.ImageNetGray(16);

        float[] planes = FirstOfEachPlane(settings, Uniform(16, 255, 255, 255));

        Assert.Equal((1 - 0.485f) / 0.229f, planes[0], 5);
        Assert.Equal((1 - 0.406f) / 0.225f, planes[2], 5);
    }

    [Fact]
    public void Rows_and_columns_keep_their_places()
    {
        byte[] pixels = [.. Enumerable.Range(0, 16 * 16).Select(i => (byte)i)];

        float[] tensor = new Preprocessor(Plain).ToTensor(new PixelBuffer(16, 16, PixelFormat.Gray8, pixels));

        Assert.Equal(pixels.Select(value => (float)value), tensor[..256]);
    }

    [Fact]
    public void A_mirrored_pair_is_the_picture_and_its_mirror_image_in_every_channel_blue_first()
    {
        byte[] pixels = [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)(i * 7))];
        var preprocessor = new Preprocessor(PreprocessorSettings.BgrBytes(16));
        var pair = new float[2 * preprocessor.TensorLength];

        preprocessor.WriteMirroredPair(new PixelBuffer(16, 16, PixelFormat.Rgb24, pixels), pair);

        for (int channel = 0; channel < 3; channel++)
        {
            for (int place = 0; place < 256; place++)
            {
                float value = pixels[(place * 3) + 2 - channel];
                int mirrored = place - (place % 16) + 15 - (place % 16);
                Assert.Equal((value, value), (pair[(channel * 256) + place], pair[((3 + channel) * 256) + mirrored]));
            }
        }
    }

    /// <summary>
    /// The tensor that trainer and host have agreed on since the first model. If this number changes, models trained before see other
    /// inputs: then the manifest needs a new version.
    /// </summary>
    [Fact]
    public void The_golden_tensor_has_not_moved()
    {
        byte[] pixels = [.. Enumerable.Range(0, 50 * 50 * 3).Select(i => (byte)((i * 7919) >> 3))];

        float[] tensor =
            new Preprocessor(PreprocessorSettings.ImageNetGray(32)).ToTensor(new PixelBuffer(50, 50, PixelFormat.Rgb24, pixels));

        double checksum = tensor.Select((value, i) => (double)value * ((i % 97) + 1)).Sum();
        Assert.Equal(31724.9, checksum, 1);
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Preprocessor(Plain with { Size = 8 }));

    private static float[] FirstOfEachPlane(PreprocessorSettings settings, PixelBuffer crop)
    {
        float[] tensor = new Preprocessor(settings).ToTensor(crop);
        int plane = settings.Size * settings.Size;
        return [tensor[0], tensor[plane], tensor[2 * plane]];
    }

    private static PixelBuffer Uniform(int edge, byte red, byte green, byte blue) =>
        new(edge, edge, PixelFormat.Rgb24, Enumerable.Repeat(new[] { red, green, blue }, edge * edge).SelectMany(pixel => pixel).ToArray());
}
