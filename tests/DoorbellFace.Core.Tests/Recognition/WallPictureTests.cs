using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Tests.Recognition;

/// <summary>Faces that hang on the wall: what is passed over, what is found, what is asked about.</summary>
public class WallPictureTests
{
    private static readonly PixelBuffer Frame = new(320, 240, PixelFormat.Gray8, new byte[320 * 240]);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly RecognizedFace Poster = Face(1, 250, 80, 60);
    private static readonly WallPictures Wall = new([WallPicture.Of(Poster, 320, Now)]);

    [Theory]
    [InlineData(1, 250, 80, 60, true)] // as it hangs
    [InlineData(1, 254, 77, 66, true)] // the box trembles
    [InlineData(2, 250, 80, 60, false)] // a visitor's head before it
    [InlineData(1, 200, 80, 60, false)] // whom it shows, elsewhere
    [InlineData(1, 250, 80, 110, false)] // whom it shows, near the camera
    public void Only_the_same_face_in_the_same_place_is_passed_over(int who, int x, int y, int edge, bool isPassedOver)
    {
        RecognizedFace visitor = Face(3, 100, 120, 80);

        IReadOnlyList<RecognizedFace> left = Wall.Overlook([Face(who, x, y, edge), visitor], 320);

        Assert.Equal(isPassedOver ? 1 : 2, left.Count);
        Assert.Same(visitor, left[^1]);
    }

    [Fact]
    public void It_hangs_in_the_same_place_of_a_smaller_picture()
    {
        Assert.Empty(Wall.Overlook([Face(1, 125, 40, 30)], 160));
        Assert.Single(Wall.Overlook([Face(1, 250, 80, 60)], 640));
    }

    [Fact]
    public void A_face_without_an_embedding_is_a_visitors()
    {
        RecognizedFace face = Poster with { Vote = new FaceVote(1) };

        Assert.Equal([face], Wall.Overlook([face], 320));
    }

    [Fact]
    public void Where_only_places_are_known_a_single_face_is_a_visitors()
    {
        FaceDetection poster = Poster.Detection, visitor = Face(3, 100, 120, 80).Detection;

        Assert.Equal([visitor], Wall.Overlook((FaceDetection[])[poster, visitor], 320));
        Assert.Equal([poster], Wall.Overlook((FaceDetection[])[poster], 320));
    }

    [Fact]
    public void What_is_kept_is_read_again()
    {
        WallPicture read = Assert.Single(WallPicturesJson.Read(WallPicturesJson.Write(Wall)).Pictures);

        Assert.True(read.Is(Wall.Pictures[0]));
        Assert.Equal(Now, read.LearntAt);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[{}]")]
    [InlineData("""[{ "x": 7, "y": 0.1, "edge": 0.2, "face": "AACAPw==", "learnt_at": "2026-01-01T00:00:00Z" }]""")]
    [InlineData("""[{ "x": 0.7, "y": 0.1, "edge": 0.2, "face": "AAA=", "learnt_at": "2026-01-01T00:00:00Z" }]""")]
    public void What_is_no_list_of_faces_is_refused(string text) => Assert.Throws<FormatException>(() => WallPicturesJson.Read(text));

    [Fact]
    public void What_stays_is_found_and_what_comes_goes_or_moves_is_not()
    {
        var faces = new StillFaces();

        for (int frame = 0; frame < 8; frame++)
        {
            List<RecognizedFace> seen = [Face(2, 60 + (10 * frame), 120, 50)];
            if (frame != 3) seen.Add(Poster);
            if (frame > 3) seen.Add(Face(3, 160, 60, 40));
            faces.Look(seen, Frame, Now);
        }

        Assert.True(Assert.Single(faces.Found()).Place.Is(Wall.Pictures[0]));
    }

    [Fact]
    public void It_is_asked_about_once_after_three_visits_with_whomever()
    {
        var watch = new WallWatch();

        bool[] asked = [.. Enumerable.Range(0, 5).Select(visit =>
            Visit(watch, tremble => [Poster, Face(visit + 5, 90 + tremble, 120, 70)]))];

        Assert.Equal([false, false, true, false, false], asked);
    }

    [Fact]
    public void Of_short_visits_it_takes_more()
    {
        var watch = new WallWatch();

        bool[] asked = [.. Enumerable.Range(0, 6).Select(_ => Visit(watch, _ => [Poster], frames: 2))];

        Assert.Equal([false, false, false, false, true, false], asked);
    }

    [Fact]
    public void A_visit_of_one_frame_says_nothing()
    {
        var watch = new WallWatch();

        bool[] asked = [.. Enumerable.Range(0, 20).Select(_ => Visit(watch, _ => [Poster], frames: 1))];

        Assert.DoesNotContain(true, asked);
    }

    [Fact]
    public void A_visitor_who_stands_about_where_they_stood_before_is_not_asked_about()
    {
        var watch = new WallWatch();

        for (int visit = 0; visit < 6; visit++)
        {
            int lean = visit % 2 == 0 ? 0 : 12;
            Assert.False(Visit(watch, tremble => [Face(2, 150 + lean + (5 * tremble), 110, 70 + lean)]));
        }
    }

    [Fact]
    public void A_face_that_was_gone_for_a_visit_is_counted_anew()
    {
        var watch = new WallWatch();

        bool[] asked = [.. ((bool[])[true, true, false, true, true, true]).Select(hangs => Visit(watch, _ => hangs ? [Poster] : []))];

        Assert.Equal([false, false, false, false, false, true], asked);
    }

    private static bool Visit(WallWatch watch, Func<int, IReadOnlyList<RecognizedFace>> seen, int frames = 5)
    {
        for (int frame = 0; frame < frames; frame++) watch.Look(seen(frame % 3), Frame, Now);
        return watch.EndVisit();
    }

    private static RecognizedFace Face(int who, int x, int y, int edge) => new(
        new FaceDetection(PixelRect.SquareAround(x, y, edge), Rotation.None, 1), new FaceVote(1) { Embedding = SamplePeople.Picture(who) });
}
