using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Measuring.Wearing;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;

namespace DoorbellFace.Measuring.Tests.Wearing;

public class WornPainterTests
{
    private static readonly (PixelBuffer Picture, FaceLandmarks Landmarks) Anna = Drawn(0);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mask_covers_nose_mouth_and_chin_and_leaves_the_eyes(int seed)
    {
        PixelBuffer masked = Paint(seed, Worn.Mask);

        Assert.All((HeadPlace[])[new(0, 0.6f), new(0, 1), new(0.3f, 1), new(-0.3f, 1), new(0, 1.4f)],
            place => Assert.InRange(ChangedAt(masked, place), 0.9, 1));
        Assert.All((HeadPlace[])[new(-0.5f, 0), new(0.5f, 0), new(0, -0.7f)], place => Assert.Equal(0, ChangedAt(masked, place)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Dark_glasses_make_the_eyes_dark_and_leave_the_mouth(int seed)
    {
        PixelBuffer seen = Paint(seed, Worn.DarkGlasses);

        Assert.All((HeadPlace[])[new(-0.5f, 0.05f), new(0.5f, 0.05f)], place =>
        {
            Assert.InRange(ChangedAt(seen, place), 0.9, 1);
            Assert.True(LevelAt(seen, place) < 130, $"{LevelAt(seen, place)}");
        });
        Assert.All((HeadPlace[])[new(0, 1), new(0, 1.4f), new(0, -0.8f)], place => Assert.Equal(0, ChangedAt(seen, place)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_cap_covers_the_forehead_shades_the_eyes_and_leaves_the_mouth(int seed)
    {
        PixelBuffer seen = Paint(seed, Worn.Cap);

        Assert.InRange(ChangedAt(seen, new(0, -0.75f)), 0.9, 1);
        Assert.All((HeadPlace[])[new(-0.5f, 0), new(0.5f, 0)], place =>
            Assert.InRange(LevelAt(seen, place) / LevelAt(Anna.Picture, place), 0.3, 0.85));
        Assert.Equal(0, ChangedAt(seen, new(0, 1)));
    }

    [Fact]
    public void The_same_seed_paints_the_same_and_another_one_another_thing()
    {
        Worn[] all = [Worn.Mask, Worn.Cap, Worn.DarkGlasses];
        Assert.All(all, thing =>
        {
            Assert.Equal(Paint(5, thing).Pixels, Paint(5, thing).Pixels);
            Assert.NotEqual(Paint(5, thing).Pixels.ToArray(), Paint(6, thing).Pixels.ToArray());
        });
        Assert.Equal(Paint(5, all).Pixels, Paint(5, [.. all.Reverse()]).Pixels);
    }

    [Fact]
    public void The_photo_itself_is_left_as_it_was_and_nothing_worn_changes_nothing()
    {
        byte[] before = Anna.Picture.Pixels.ToArray();

        Paint(1, Worn.Mask);

        Assert.Equal(before, Anna.Picture.Pixels);
        Assert.Equal(before, Paint(1).Pixels);
    }

    /// <summary>What is painted hangs on the landmarks alone, so it follows a head that lies on its side.</summary>
    [Fact]
    public void A_mask_follows_a_tilted_head()
    {
        TurnedPhoto turned = TurnedPhoto.Create(Anna.Picture, 90, Anna.Picture.Height, Anna.Picture.Width);
        FaceLandmarks landmarks = Anna.Landmarks.Map(point => turned.ToFrame(point.X, point.Y));

        PixelBuffer masked = WornPainter.Paint(turned.Frame, landmarks, [Worn.Mask], 1);

        Assert.InRange(Changed(turned.Frame, masked, Place(landmarks, new(0, 1)), 6), 0.9, 1);
        Assert.Equal(0, Changed(turned.Frame, masked, landmarks.LeftEye, 6));
        Assert.Equal(0, Changed(turned.Frame, masked, landmarks.RightEye, 6));
    }

    /// <summary>White where there is light, and never brighter than the face in the dark.</summary>
    [Fact]
    public void A_mask_is_dark_where_the_face_is()
    {
        var dark = new PixelBuffer(Anna.Picture.Width, Anna.Picture.Height, PixelFormat.Rgb24,
            Anna.Picture.Pixels.ToArray().Select(level => (byte)(level / 4)).ToArray());

        Assert.All(Enumerable.Range(1, 12), seed =>
        {
            float light = LevelAt(Paint(seed, Worn.Mask), new(0, 1)),
                dim = LevelAt(WornPainter.Paint(dark, Anna.Landmarks, [Worn.Mask], seed), new(0, 1));
            Assert.InRange(dim, 0.15f * light, 0.6f * light);
        });
    }

    [Theory]
    [InlineData(-200, -150)]
    [InlineData(150, 110)]
    public void A_face_that_is_cut_off_by_the_edge_is_painted_as_far_as_it_is_there(int right, int down)
    {
        FaceLandmarks landmarks = Anna.Landmarks.Map(point => new FacePoint(point.X + right, point.Y + down));

        PixelBuffer seen = WornPainter.Paint(Anna.Picture, landmarks, [Worn.Mask, Worn.Cap, Worn.DarkGlasses], 1);

        Assert.Equal((Anna.Picture.Width, Anna.Picture.Height), (seen.Width, seen.Height));
    }

    /// <summary>In profile both eyes lie on one line with the mouth, or on the wrong side of each other.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-12)]
    public void A_head_in_profile_is_painted_without_a_word(float eyesApart)
    {
        FacePoint eye = Anna.Landmarks.LeftEye;
        FaceLandmarks landmarks = Anna.Landmarks with { RightEye = new FacePoint(eye.X + eyesApart, eye.Y) };

        PixelBuffer seen = WornPainter.Paint(Anna.Picture, landmarks, [Worn.Mask, Worn.Cap, Worn.DarkGlasses], 1);

        Assert.NotEqual(Anna.Picture.Pixels.ToArray(), seen.Pixels.ToArray());
    }

    [Fact]
    public void Only_colour_photos_are_painted() => Assert.Throws<ArgumentException>(() =>
        WornPainter.Paint(PixelConversion.ToGray8(Anna.Picture), Anna.Landmarks, [Worn.Mask], 1));

    private static PixelBuffer Paint(int seed, params Worn[] worn) => WornPainter.Paint(Anna.Picture, Anna.Landmarks, worn, seed);

    private static (PixelBuffer, FaceLandmarks) Drawn(int member)
    {
        RenderedFace face =
            FaceRenderer.RenderFace(DrawnFamily.All[member].Person, new DrawnScene { Seed = 1, FaceHeightPixels = 130 }, 320, 240);
        FacePoint mouth = Point(face.Mouth);
        float half = 0.4f * Point(face.LeftEye).DistanceTo(Point(face.RightEye));
        return (face.Picture,
            new FaceLandmarks(Point(face.LeftEye), Point(face.RightEye), Point(face.NoseTip), mouth with { X = mouth.X - half },
                mouth with { X = mouth.X + half }));

        static FacePoint Point(PicturePoint point) => new(point.X, point.Y);
    }

    private static FacePoint Place(FaceLandmarks face, HeadPlace place)
    {
        FacePoint left = face.LeftEye, right = face.RightEye;
        float x = (left.X + right.X) / 2, y = (left.Y + right.Y) / 2;
        float downX = ((face.LeftMouthCorner.X + face.RightMouthCorner.X) / 2) - x,
            downY = ((face.LeftMouthCorner.Y + face.RightMouthCorner.Y) / 2) - y;
        return new FacePoint(x + (place.U * (right.X - left.X)) + (place.V * downX),
            y + (place.U * (right.Y - left.Y)) + (place.V * downY));
    }

    private static double ChangedAt(PixelBuffer seen, HeadPlace place) => Changed(Anna.Picture, seen, Place(Anna.Landmarks, place), 4);

    /// <summary>The part of the pixels round a place that are not what they were.</summary>
    private static double Changed(PixelBuffer before, PixelBuffer after, FacePoint place, int radius)
    {
        int changed = 0, all = 0;
        for (int y = (int)place.Y - radius; y <= (int)place.Y + radius; y++)
        {
            for (int x = (int)place.X - radius; x <= (int)place.X + radius; x++, all++)
            {
                if (!before.Row(y).Slice(3 * x, 3).SequenceEqual(after.Row(y).Slice(3 * x, 3))) changed++;
            }
        }
        return (double)changed / all;
    }

    private static float LevelAt(PixelBuffer picture, HeadPlace place)
    {
        FacePoint at = Place(Anna.Landmarks, place);
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        float sum = 0;
        for (int y = -4; y <= 4; y++)
        {
            for (int x = -4; x <= 4; x++) sum += gray.Row((int)at.Y + y)[(int)at.X + x];
        }
        return sum / 81;
    }

    /// <summary>A place of the face: to the right in eye distances, down in distances from eyes to mouth.</summary>
    private readonly record struct HeadPlace(float U, float V);
}
