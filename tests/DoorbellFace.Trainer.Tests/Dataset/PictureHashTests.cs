using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Tests.Dataset;

public class PictureHashTests
{
    private static readonly PixelBuffer Photo = DrawnFolder.Draw("Anna", 1);

    [Fact]
    public void A_smaller_or_brighter_copy_is_the_same_photo()
    {
        var hash = PictureHash.Of(Photo);
        PixelBuffer smaller = AffineSampler.Sample(Photo, new AffineTransform(1.6f, 0, 0, 0, 1.6f, 0), 30, 30);
        var brighter =
            new PixelBuffer(Photo.Width, Photo.Height, PixelFormat.Gray8,
                Photo.Pixels.ToArray().Select(value => (byte)Math.Min(255, (value * 1.2f) + 8)).ToArray());

        Assert.Equal(0, hash.DistanceTo(hash));
        Assert.InRange(hash.DistanceTo(PictureHash.Of(smaller)), 0, PictureHash.SamePhoto);
        Assert.InRange(hash.DistanceTo(PictureHash.Of(brighter)), 0, PictureHash.SamePhoto);
    }

    [Fact]
    public void Another_picture_is_not_and_the_distance_is_the_same_both_ways()
    {
        PictureHash anna = PictureHash.Of(Photo), ben = PictureHash.Of(DrawnFolder.Draw("Benjamin", 1));

        Assert.InRange(anna.DistanceTo(ben), PictureHash.SameMoment + 1, 256);
        Assert.Equal(anna.DistanceTo(ben), ben.DistanceTo(anna));
    }

    [Fact]
    public void Is_read_back_from_its_text()
    {
        var hash = PictureHash.Of(Photo);

        Assert.Equal(64, hash.ToString().Length);
        Assert.Equal(hash, PictureHash.Parse(hash.ToString()));
        Assert.Throws<FormatException>(() => PictureHash.Parse("12"));
    }
}
