using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Imaging;
using DoorbellFace.OpenCv;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Vision.Tests.Faces;

/// <summary>The sweep with the real cascade, on drawn people at known places and angles.</summary>
public class HaarSweepTests
{
    private static readonly HaarCascade Cascade = CascadeFile.Load(CascadeFile.SweepCascade);

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-45)]
    [InlineData(75)]
    [InlineData(-90)]
    [InlineData(130)]
    [InlineData(180)]
    public void The_face_is_the_first_candidate_at_its_angle(float tilt)
    {
        foreach (FamilyMember member in DrawnFamily.All)
        {
            RenderedFace face =
                FaceRenderer.RenderFace(member.Person, new DrawnScene { Tilt = Rotation.FromDegrees(tilt), FaceHeightPixels = 100 }, 320,
                    240);

            FaceDetection first = new HaarSweep(Cascade).Propose(PixelConversion.ToGray8(face.Picture)).Last()[0];

            Assert.True(Distance(first.Box, face.Box) < 0.25f * face.Box.Width && first.Rotation.AngleTo(face.Tilt) <= 15,
                $"{member.Name} at {face.Tilt}: {first}");
        }
    }

    [Fact]
    public void The_first_batch_holds_an_upright_face()
    {
        RenderedFace face = FaceRenderer.RenderFace(DrawnFamily.All[0].Person, new DrawnScene { FaceHeightPixels = 100 }, 320, 240);

        FaceDetection first = new HaarSweep(Cascade).Propose(PixelConversion.ToGray8(face.Picture)).First()[0];

        Assert.InRange(Distance(first.Box, face.Box), 0, 0.25f * face.Box.Width);
    }

    [Fact]
    public void A_face_of_28_pixels_is_among_the_candidates()
    {
        RenderedFace face = FaceRenderer.RenderFace(DrawnFamily.All[1].Person, new DrawnScene { FaceHeightPixels = 100 }, 320, 240);
        PixelBuffer gray = PixelConversion.ToGray8(face.Picture);
        float scale = face.Box.Width / 28f;
        PixelBuffer far =
            AffineSampler.Sample(gray, AffineTransform.TargetToSource(120, 90, face.Box.CenterX, face.Box.CenterY, scale, Rotation.None),
                120, 90);

        IReadOnlyList<FaceDetection> candidates = new HaarSweep(Cascade).Propose(far).Last();

        Assert.Contains(candidates, found => Distance(found.Box, PixelRect.SquareAround(60, 45, 28)) < 10);
    }

    [Fact]
    public void An_empty_frame_has_no_candidates() =>
        Assert.Empty(new HaarSweep(Cascade).Propose(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240])).Last());

    [Fact]
    public void A_frame_smaller_than_the_window_has_no_candidates() =>
        Assert.Empty(new HaarSweep(Cascade).Propose(new PixelBuffer(16, 16, PixelFormat.Gray8, new byte[256])).Last());

    [Fact]
    public void A_cascade_of_trees_is_refused_with_the_reason() =>
        Assert.Contains("stumps",
            Assert.Throws<CascadeMissingException>(() => CascadeFile.Load("haarcascade_frontalface_alt2.xml")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Quarter_turns_come_back_after_four() =>
        Assert.Equal(
            Cascade.Stages.SelectMany(stage => stage.Stumps).SelectMany(stump => stump.Rectangles),
            Cascade.Turned(1).Turned(2).Turned(1).Stages.SelectMany(stage => stage.Stumps).SelectMany(stump => stump.Rectangles));

    /// <summary>
    /// The own engine against OpenCV's, which reads the same file: what OpenCV finds on a plain portrait, the sweep's upright batch finds.
    /// </summary>
    [Fact]
    public void Finds_upright_what_OpenCV_finds()
    {
        using var opencv =
            new HaarFaceDetector(CascadeFile.Find(CascadeFile.SweepCascade), new HaarOptions { ScaleFactor = 1.1, MinNeighbours = 3 });
        var sweep = new HaarSweep(Cascade);
        int found = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            RenderedFace face =
                FaceRenderer.RenderFace(DrawnPerson.FromSeed(seed),
                    DrawnScene.Random(20_000 + seed, new SceneVariation { SmallestFacePixels = 60, LargestFacePixels = 150 }), 320, 240);
            PixelBuffer gray = PixelConversion.ToGray8(face.Picture);
            foreach (FaceDetection theirs in opencv.Detect(gray, 40)
                .Where(theirs => Distance(theirs.Box, face.Box) < 0.3f * face.Box.Width))
            {
                found++;
                Assert.Contains(sweep.Propose(gray).First(), ours => Distance(ours.Box, theirs.Box) < 0.2f * theirs.Box.Width);
            }
        }
        Assert.InRange(found, 15, 20);
    }

    private static float Distance(PixelRect one, PixelRect other) =>
        new FacePoint(one.CenterX, one.CenterY).DistanceTo(new FacePoint(other.CenterX, other.CenterY));
}
