using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Distillation;
using Xunit;

namespace DoorbellFace.Trainer.Tests.Distillation;

public sealed class ViewPainterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbellface-");
    private readonly FaceHarvest _harvest;

    public ViewPainterTests() => _harvest = SmallHarvest.Write(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_same_view_looks_the_same_and_another_number_another_way()
    {
        byte[] Painted(int seed, int number) => new ViewPainter(_harvest, seed).Paint(new FaceView(number, 3, 7)).Pixels.ToArray();

        Assert.Equal(Painted(1, 4), Painted(1, 4));
        Assert.NotEqual(Painted(1, 4), Painted(1, 5));
        Assert.NotEqual(Painted(1, 4), Painted(2, 4));
    }

    [Fact]
    public void A_mixture_shows_something_of_both_and_a_view_of_one_face_nothing_of_another()
    {
        var painter = new ViewPainter(_harvest, seed: 1);
        byte[] alone = painter.Paint(new FaceView(9, 3, FaceView.Nobody)).Pixels.ToArray();

        // The number decides where the face lies and in which light, so what differs is the other face.
        Assert.Equal(alone, painter.Paint(new FaceView(9, 3, FaceView.Nobody)).Pixels.ToArray());
        for (int number = 0; number < 30; number++)
        {
            byte[] Mixed(int face, int other) => painter.Paint(new FaceView(number, face, other)).Pixels.ToArray();
            Assert.NotEqual(Mixed(3, 7), Mixed(3, 19));
            Assert.NotEqual(Mixed(3, 7), Mixed(12, 7));
        }
    }

    [Fact]
    public void A_warp_that_moves_nothing_leaves_the_picture()
    {
        PixelBuffer crop = _harvest.Crop(5);

        Assert.Equal(crop.Pixels.ToArray(), new PictureWarp(FaceHarvest.CropEdgePixels, (x, y) => (x, y)).Sample(crop));
    }

    [Fact]
    public void A_warp_takes_pixels_from_where_it_is_told()
    {
        var pixels = new byte[100 * 100];
        pixels[(40 * 100) + 30] = 200;
        var warp = new PictureWarp(100, (x, y) => (x + 7, y - 12));

        byte[] moved = warp.Sample(new PixelBuffer(100, 100, PixelFormat.Gray8, pixels));

        Assert.Equal(200, moved[(52 * 100) + 23], tolerance: 1);
        Assert.Equal(200, moved.Sum(pixel => pixel), tolerance: 4);
    }

    [Fact]
    public void Shares_of_a_mixture_are_shares_and_each_kind_comes_up()
    {
        bool average = false, partial = false;
        for (int seed = 0; seed < 60; seed++)
        {
            var mixture = FaceMixture.Random(new SeededRandom(seed));
            float[] shares = [.. Enumerable.Range(0, 400).Select(i => mixture.ShareAt(i % 20 / 20f, i / 20 / 20f))];
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
            average |= shares.Max() - shares.Min() < 1e-6;
            partial |= shares.Max() > 0.9f && shares.Min() < 0.1f;
        }
        Assert.True(average);
        Assert.True(partial);
    }
}
