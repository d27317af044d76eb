using DoorbellFace.Core.Imaging;
using DoorbellFace.Measuring;
using DoorbellFace.Testing;

namespace DoorbellFace.Measuring.Tests;

public class FaceSceneTests
{
    /// <summary>White where the face is, on gray.</summary>
    private static readonly PixelRect Face = new(120, 60, 80, 80);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Side_by_side_everybody_stands_in_their_own_part_at_their_own_size_and_is_where_it_says(int people)
    {
        FaceScene scene = SideBySide(people, [Face], seed: 1);

        Assert.Equal((people, people), (scene.MustBeFound, scene.Faces.Count));
        Assert.Equal(480, scene.Picture.Height);
        Assert.Equal(people, scene.Faces.Select(face => face.Width).Distinct().Count());
        Assert.All(scene.Faces.Index(), face =>
        {
            float part = (float)scene.Picture.Width / people;
            Assert.InRange(face.Item.Center.X - (face.Index * part), face.Item.Width / 2, part - (face.Item.Width / 2));
            foreach ((float side, bool white) in ((float, bool)[])[(0, true), (0.4f, true), (-0.4f, true), (0.62f, false)])
            {
                Assert.Equal(white, LevelAt(face.Item.Center.X, face.Item.Center.Y + (side * face.Item.Width)) > 200);
                if (white) Assert.True(LevelAt(face.Item.Center.X + (side * face.Item.Width), face.Item.Center.Y) > 200);
            }
        });

        byte LevelAt(float x, float y) => scene.Picture.Row((int)y)[3 * (int)x];
    }

    [Fact]
    public void Who_stands_behind_somebody_is_known_but_need_not_be_found_and_who_is_cut_off_is_not_there()
    {
        FaceScene scene = SideBySide(2, [Face, new PixelRect(140, 20, 20, 20), new PixelRect(380, 60, 10, 10)], seed: 2);

        Assert.Equal(2, scene.MustBeFound);
        Assert.Equal(4, scene.Faces.Count);
    }

    [Fact]
    public void The_same_seed_places_them_alike()
    {
        Assert.Equal(SideBySide(3, [Face], 7).Faces, SideBySide(3, [Face], 7).Faces);
        Assert.NotEqual(SideBySide(3, [Face], 7).Faces, SideBySide(3, [Face], 8).Faces);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(24)]
    [InlineData(7)]
    public void A_sheet_shows_some_of_many_frames_evenly_spread(int frames)
    {
        var sheet = new ContactSheet(frames, shown: 24);
        for (int i = 0; i < frames; i++) sheet.Add(TestPictures.Plain(4, 2, (byte)(i + 1)));

        PixelBuffer picture = sheet.ToPicture()!;

        byte[] levels = [.. picture.Pixels.ToArray().Distinct().Where(level => level > 0).Order()];
        Assert.Equal(Math.Min(frames, 24), levels.Length);
        Assert.Equal(1, levels[0]);
        Assert.InRange(levels[^1], frames - ((frames + 23) / 24), frames);
        Assert.Null(new ContactSheet(3).ToPicture());
    }

    private static FaceScene SideBySide(int people, PixelRect[] faces, int seed)
    {
        byte[] pixels = TestPictures.Plain(400, 200, 100, PixelFormat.Rgb24).Pixels.ToArray();
        for (int row = Face.Y; row < Face.Y + Face.Height; row++)
            pixels.AsSpan(3 * ((row * 400) + Face.X), 3 * Face.Width).Fill(255);
        var photo = new PixelBuffer(400, 200, PixelFormat.Rgb24, pixels);
        IReadOnlyList<PixelRect> known = faces;
        return FaceScene.SideBySide([.. Enumerable.Repeat((photo, known), people)], 320, 240, new Random(seed));
    }
}
