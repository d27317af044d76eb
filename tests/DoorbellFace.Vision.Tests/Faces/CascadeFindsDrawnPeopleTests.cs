using System.Collections.Concurrent;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.OpenCv;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Xunit.Abstractions;

namespace DoorbellFace.Vision.Tests.Faces;

/// <summary>Drawn people are only of use if the real detector takes them for people.</summary>
public class CascadeFindsDrawnPeopleTests(ITestOutputHelper output)
{
    private const int Scenes = 200;

    private static readonly HaarOptions Careful = new() { ScaleFactor = 1.1, MinNeighbours = 3 };

    private static readonly SceneVariation UpToTwoHundredPixels = new() { SmallestFacePixels = 70, LargestFacePixels = 200 };

    [Fact]
    public void Finds_98_of_100_upright_faces_where_they_are()
    {
        var missed = new ConcurrentBag<int>();
        Parallel.For(0, Scenes, () => new HaarFaceDetector(CascadeFile.Find(HaarOptions.CascadeFileName), Careful), (seed, _, detector) =>
        {
            // Every fourth is one of the family, the others strangers.
            DrawnPerson person = seed % 4 == 0 ? DrawnFamily.All[seed / 4 % 4].Person : DrawnPerson.FromSeed(seed);
            RenderedFace face = FaceRenderer.RenderFace(person, DrawnScene.Random(10_000 + seed, UpToTwoHundredPixels), 320, 240);
            if (!detector.Detect(PixelConversion.ToGray8(face.Picture), 30).Any(found => Fits(found, face.Box))) missed.Add(seed);
            return detector;
        }, detector => detector.Dispose());

        output.WriteLine($"missed {missed.Count} of {Scenes}: {string.Join(", ", missed.Order())}");
        Assert.InRange(missed.Count, 0, Scenes * 2 / 100);
    }

    [Theory]
    [InlineData(35)]
    [InlineData(-90)]
    [InlineData(180)]
    public void The_true_box_and_tilt_bring_a_tilted_face_upright(float tilt)
    {
        using var detector = new HaarFaceDetector(CascadeFile.Find(HaarOptions.CascadeFileName), Careful);
        foreach (FamilyMember member in DrawnFamily.All)
        {
            RenderedFace face =
                FaceRenderer.RenderFace(member.Person, new DrawnScene { Tilt = Rotation.FromDegrees(tilt), FaceHeightPixels = 110 }, 320,
                    240);
            PixelBuffer crop =
                FaceCropper.Crop(PixelConversion.ToGray8(face.Picture), new FaceDetection(face.Box, face.Tilt, 1), margin: 0.4f,
                    edgePixels: 180);

            // The box is the middle 1 / 1.8 of the crop.
            Assert.Contains(detector.Detect(crop, 60), found => Fits(found, PixelRect.SquareAround(90, 90, 100), tolerance: 0.15f));
        }
    }

    [Fact]
    public void The_landmarks_lie_in_the_box_and_in_their_order()
    {
        for (int seed = 0; seed < 24; seed++)
        {
            DrawnScene scene = DrawnScene.Random(seed, new SceneVariation { TiltDegrees = 180 });
            RenderedFace face = FaceRenderer.RenderFace(DrawnPerson.FromSeed(seed), scene, 320, 240);

            (float X, float Y) left = InBox(face.LeftEye, face), right = InBox(face.RightEye, face), nose = InBox(face.NoseTip, face),
                mouth = InBox(face.Mouth, face);

            Assert.All([left, right, nose, mouth], point =>
                Assert.True(Math.Abs(point.X) < 0.5f && Math.Abs(point.Y) < 0.5f, $"seed {seed}: {point}"));
            Assert.True(left.X < right.X - 0.2f, $"seed {seed}: eyes at {left} and {right}");
            Assert.True(left.Y < nose.Y && right.Y < nose.Y && nose.Y < mouth.Y, $"seed {seed}: {left} {right} {nose} {mouth}");
        }
    }

    [Fact]
    public void The_eyes_are_dark_where_the_truth_says_they_are()
    {
        foreach (FamilyMember member in DrawnFamily.All)
        {
            RenderedFace face = FaceRenderer.RenderFace(member.Person, new DrawnScene { FaceHeightPixels = 160, EyesOpen = 1 }, 320, 240);
            PixelBuffer gray = PixelConversion.ToGray8(face.Picture);
            float between = Mean(gray, (face.LeftEye.X + face.RightEye.X) / 2, face.LeftEye.Y);

            Assert.True(Mean(gray, face.LeftEye.X, face.LeftEye.Y) < between - 15, member.Name);
            Assert.True(Mean(gray, face.RightEye.X, face.RightEye.Y) < between - 15, member.Name);
        }
    }

    private static bool Fits(FaceDetection found, PixelRect truth, float tolerance = 0.35f) =>
        Math.Abs(found.Box.CenterX - truth.CenterX) <= tolerance * truth.Width
        && Math.Abs(found.Box.CenterY - truth.CenterY) <= tolerance * truth.Width
        && found.Box.Width > 0.6f * truth.Width && found.Box.Width < 1.6f * truth.Width;

    /// <summary>A point in the upright face, from the middle of the box; the box reaches from -0.5 to 0.5.</summary>
    private static (float X, float Y) InBox(PicturePoint point, RenderedFace face)
    {
        (float sin, float cos) = MathF.SinCos(face.Tilt.Radians);
        float x = (point.X - face.Box.CenterX) / face.Box.Width, y = (point.Y - face.Box.CenterY) / face.Box.Width;
        return ((x * cos) + (y * sin), (y * cos) - (x * sin));
    }

    private static float Mean(PixelBuffer gray, float x, float y)
    {
        int sum = 0;
        for (int dy = -2; dy <= 2; dy++)
        {
            for (int dx = -2; dx <= 2; dx++) sum += gray.Row((int)y + dy)[(int)x + dx];
        }
        return sum / 25f;
    }
}
