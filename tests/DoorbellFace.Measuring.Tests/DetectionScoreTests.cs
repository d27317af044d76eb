using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Measuring;

namespace DoorbellFace.Measuring.Tests;

public class DetectionScoreTests
{
    private static readonly KnownFace[] OneFace = [new KnownFace(new FacePoint(100, 100), 100)];

    [Theory]
    [InlineData(134, 1, 0)]
    [InlineData(136, 0, 1)]
    public void A_box_is_right_within_0_35_face_widths(int x, double recall, double wrong)
    {
        var score = new DetectionScore();

        score.AddFrame(30, OneFace, [Box(x, 100)], TimeSpan.FromMilliseconds(5));

        Assert.Equal(recall, score.Recall.Value);
        Assert.Equal(recall, score.RecallByAngle[30].Value);
        Assert.Equal(wrong, score.WrongBoxes.Value);
    }

    [Fact]
    public void A_second_face_is_neither_wrong_nor_enough()
    {
        var score = new DetectionScore();

        score.AddFrame(0, [.. OneFace, new KnownFace(new FacePoint(250, 100), 40)], [Box(250, 100)], TimeSpan.Zero);

        Assert.Equal(0, score.Recall.Value);
        Assert.Equal(0, score.WrongBoxes.Value);
    }

    [Fact]
    public void Of_several_faces_that_must_be_found_each_counts()
    {
        KnownFace[] known = [.. OneFace, new KnownFace(new FacePoint(250, 100), 60), new KnownFace(new FacePoint(180, 30), 40)];
        var score = new DetectionScore();

        score.AddFrame(0, known, [Box(250, 100), Box(180, 30)], TimeSpan.Zero, mustBeFound: 2);

        Assert.Equal((1, 2), (score.Frames, score.Faces));
        Assert.Equal(0.5, score.Recall.Value);
        Assert.Equal(0.5, score.RecallByAngle[0].Value);
        Assert.Equal(0, score.WrongBoxes.Value);
    }

    [Fact]
    public void Boxes_without_a_face_are_counted_for_each_frame()
    {
        var score = new DetectionScore();
        score.AddFacelessFrame([Box(50, 50), Box(150, 50)], TimeSpan.FromMilliseconds(10));
        score.AddFacelessFrame([], TimeSpan.FromMilliseconds(20));

        Assert.Equal(1, score.FalseBoxes.Value);
        Assert.Equal(15, score.MedianMilliseconds);
    }

    [Fact]
    public void The_interval_of_no_misses_in_a_hundred_begins_at_96_percent()
    {
        Rate rate = Rate.OfSuccesses(100, 100);

        Assert.Equal(1, rate.High, 6);
        Assert.InRange(rate.Low, 0.962, 0.964);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-90)]
    [InlineData(180)]
    public void A_place_of_the_photo_is_found_again_in_the_turned_frame(int degrees)
    {
        var pixels = new byte[200 * 100 * 3];
        for (int y = 70; y < 80; y++)
        {
            for (int x = 150; x < 160; x++) pixels.AsSpan(3 * ((y * 200) + x), 3).Fill(255);
        }
        TurnedPhoto turned = TurnedPhoto.Create(new PixelBuffer(200, 100, PixelFormat.Rgb24, pixels), degrees, 320, 240);

        FacePoint place = turned.ToFrame(155, 75);

        Assert.True(turned.Frame.Row((int)place.Y)[3 * (int)place.X] > 200);
    }

    private static FaceDetection Box(int x, int y) => new(PixelRect.SquareAround(x, y, 80), Rotation.None, 1);
}
