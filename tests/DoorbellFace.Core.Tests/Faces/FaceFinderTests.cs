using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Core.Tests.Faces;

/// <summary>How candidates become faces, with and without a verifier.</summary>
public class FaceFinderTests
{
    private static readonly PixelBuffer Frame = new(320, 240, PixelFormat.Gray8, new byte[320 * 240]);

    [Fact]
    public void A_sure_upright_face_ends_the_search()
    {
        var batches = new Batches([[Candidate(150, 100, 80)], [Candidate(150, 100, 80), Candidate(220, 100, 90)]]);

        Assert.Single(new FaceFinder(batches).Detect(Frame));

        Assert.Equal(1, batches.Asked);
    }

    [Theory]
    [InlineData(129, 120)]
    [InlineData(160, 88)]
    public void A_face_beside_the_middle_does_not_end_the_search(float x, float y)
    {
        var batches = new Batches([[Candidate(x, y, 1000)], [Candidate(x, y, 1000), Candidate(220, 100, 90)]]);

        Assert.Equal(2, new FaceFinder(batches).Detect(Frame).Count);
    }

    [Fact]
    public void A_doubtful_upright_face_does_not_end_the_search()
    {
        var batches = new Batches([[Candidate(150, 100, 40)], [Candidate(150, 100, 40), Candidate(220, 100, 90)]]);

        Assert.Equal(2, new FaceFinder(batches).Detect(Frame).Count);
    }

    [Fact]
    public void Without_a_verifier_a_weak_candidate_is_no_face() =>
        Assert.Empty(new FaceFinder(new Batches([[], [Candidate(100, 100, 29)]])).Detect(Frame));

    [Fact]
    public void Of_candidates_at_one_place_the_surest_remains()
    {
        FaceDetection face =
            Assert.Single(new FaceFinder(new Batches([[], [Candidate(100, 100, 50), Candidate(110, 104, 70), Candidate(95, 100, 40)]]))
                .Detect(Frame));

        Assert.Equal(70, face.Confidence);
    }

    [Fact]
    public void The_largest_face_comes_first()
    {
        FaceDetection small = Candidate(60, 60, 90, edge: 40), large = Candidate(200, 120, 50, edge: 90);

        Assert.Equal([large, small], new FaceFinder(new Batches([[], [small, large]])).Detect(Frame));
    }

    [Theory]
    // Someone beside the visitor, a little nearer or with a larger head; and someone who stands much nearer.
    [InlineData(69, false)]
    [InlineData(72, true)]
    public void Of_faces_about_as_large_the_one_nearest_to_the_middle_comes_first(float edgeAside, bool isNearer)
    {
        FaceDetection middle = Candidate(150, 110, 50, edge: 60), aside = Candidate(260, 60, 90, edgeAside);

        Assert.Equal(isNearer ? aside : middle, new FaceFinder(new Batches([[], [aside, middle]])).Detect(Frame)[0]);
    }

    [Fact]
    public void A_verifier_decides_whatever_the_cascade_thought()
    {
        var verifier = new Verifier { FaceNear = new FacePoint(220, 100) };

        FaceDetection face =
            Assert.Single(new FaceFinder(new Batches([[], [Candidate(100, 100, 1000), Candidate(220, 100, 0)]]), verifier).Detect(Frame));

        Assert.InRange(face.Box.CenterX, 215, 225);
        Assert.NotNull(face.Landmarks);
        Assert.Equal(0.9995f, face.Confidence);
    }

    [Theory]
    [InlineData(0.99f, 0)]
    [InlineData(0.998f, 1)]
    public void A_verifier_must_be_very_sure(float probability, int faces)
    {
        var verifier = new Verifier { FaceNear = new FacePoint(220, 100), Probability = probability };

        Assert.Equal(faces, new FaceFinder(new Batches([[], [Candidate(220, 100, 1000)]]), verifier).Detect(Frame).Count);
    }

    [Theory]
    [InlineData(0.99f, 2)]
    [InlineData(0.998f, 1)]
    public void With_a_verifier_only_a_very_sure_upright_face_ends_the_search(float probability, int asked)
    {
        var batches = new Batches([[Candidate(150, 100, 1000)], [Candidate(150, 100, 1000)]]);

        new FaceFinder(batches, new Verifier { FaceNear = new FacePoint(150, 100), Probability = probability }).Detect(Frame);

        Assert.Equal(asked, batches.Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(-120)]
    [InlineData(180)]
    public void Box_and_angle_come_from_the_landmarks(float degrees)
    {
        var verifier = new Verifier { FaceNear = new FacePoint(160, 120), Tilt = Rotation.FromDegrees(degrees) };

        FaceDetection face = Assert.Single(new FaceFinder(new Batches([[], [Candidate(160, 120, 0)]]), verifier).Detect(Frame));

        Assert.InRange(face.Rotation.AngleTo(Rotation.FromDegrees(degrees)), 0, 1);
        Assert.InRange(face.Box.Width, 58, 62);
    }

    private static FaceDetection Candidate(float x, float y, float confidence, float edge = 60) =>
        new(PixelRect.SquareAround(x, y, edge), Rotation.None, confidence);

    private sealed class Batches(IReadOnlyList<IReadOnlyList<FaceDetection>> batches) : IFaceProposer
    {
        public int Asked { get; private set; }

        public IEnumerable<IReadOnlyList<FaceDetection>> Propose(PixelBuffer gray)
        {
            foreach (IReadOnlyList<FaceDetection> batch in batches)
            {
                Asked++;
                yield return batch;
            }
        }
    }

    /// <summary>Knows one face, whose landmarks lie as in the template, 60 pixels wide.</summary>
    private sealed class Verifier : IFaceVerifier
    {
        public FacePoint FaceNear { get; init; }

        public Rotation Tilt { get; init; }

        public float Probability { get; init; } = 0.9995f;

        public IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates)
        {
            var map = AffineTransform.TargetToSource(1, 1, FaceNear.X, FaceNear.Y, 60, Tilt);
            FaceLandmarks landmarks = FaceAlignment.Template.Map(point =>
            {
                (float x, float y) = map.Apply(point.X, point.Y);
                return new FacePoint(x, y);
            });
            return [.. candidates.Select(face =>
                new FaceVerification(FaceNear.DistanceTo(new FacePoint(face.Box.CenterX, face.Box.CenterY)) < 10 ? Probability : 0.1f,
                    landmarks))];
        }
    }
}
