using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;

namespace DoorbellFace.Core.Tests.Faces;

public class FaceQualityTests
{
    [Fact]
    public void A_clear_large_face_has_no_problem_and_full_weight()
    {
        FaceQuality quality = Measure();

        Assert.Empty(FaceQualityLimits.Enrolment.Problems(quality));
        Assert.Equal(1, FaceQualityLimits.Recognition.Weight(quality), tolerance: 1e-4f);
        Assert.Equal(44, quality.EyeDistancePixels, tolerance: 1f);
    }

    [Theory]
    [InlineData(FaceProblem.TooFar, 16f, 160f, 0f, 128f, 50f)]
    [InlineData(FaceProblem.CutOff, 120f, 20f, 0f, 128f, 50f)]
    [InlineData(FaceProblem.TooDark, 120f, 160f, 0f, 16f, 15f)]
    [InlineData(FaceProblem.TooBright, 120f, 160f, 0f, 300f, 50f)]
    [InlineData(FaceProblem.Flat, 120f, 160f, 0f, 128f, 3f)]
    [InlineData(FaceProblem.Blurred, 120f, 160f, 20f, 128f, 50f)]
    public void Each_problem_is_found_by_itself(FaceProblem expected, float faceEdge, float centerX, float blur, float mean, float contrast)
    {
        FaceQuality quality = Measure(faceEdge, centerX, blur, mean, contrast);

        IReadOnlyList<FaceProblem> problems = FaceQualityLimits.Recognition.Problems(quality);
        Assert.True(problems.Count > 0 && problems[0] == expected, $"{string.Join(", ", problems)}: {quality}");
        Assert.Equal(0, FaceQualityLimits.Recognition.Weight(quality));
    }

    [Theory]
    [InlineData(0.50f, 0.85f, FaceProblem.Nodding)]
    [InlineData(0.80f, 0.64f, FaceProblem.TurnedAway)]
    public void A_head_turned_away_is_refused(float noseX, float noseY, FaceProblem expected)
    {
        FaceQuality quality = Measure() with { Pose = FacePose.Of(FaceAlignment.Template with { NoseTip = new FacePoint(noseX, noseY) }) };

        Assert.Equal([expected], FaceQualityLimits.Recognition.Problems(quality));
    }

    [Fact]
    public void A_small_face_is_not_taken_for_a_blurred_one()
    {
        Assert.DoesNotContain(FaceProblem.Blurred, FaceQualityLimits.Recognition.Problems(Measure(faceEdge: 40)));
    }

    [Fact]
    public void Weight_falls_evenly_between_good_and_refused()
    {
        FaceQuality good = Measure();
        float Weight(float eyes) => FaceQualityLimits.Recognition.Weight(good with { EyeDistancePixels = eyes });

        Assert.Equal(0, Weight(8));
        Assert.Equal(0.5f, Weight(18), tolerance: 1e-3f);
        Assert.Equal(1, Weight(28));
        Assert.Equal(1, Weight(60));
    }

    [Fact]
    public void The_gravest_problem_comes_first()
    {
        FaceQuality quality = Measure() with { OutsideShare = 0.5f, EyeDistancePixels = 3, Sharpness = 0.01f };

        Assert.Equal([FaceProblem.CutOff, FaceProblem.TooFar, FaceProblem.Blurred], FaceQualityLimits.Recognition.Problems(quality));
    }

    [Fact]
    public void Every_problem_has_its_words()
    {
        FaceProblem[] all = Enum.GetValues<FaceProblem>();

        Assert.Equal(all.Length, all.Select(problem => problem.Reason()).Distinct().Count());
        Assert.Equal(all.Length, all.Select(problem => problem.Advice()).Distinct().Count());
        Assert.Equal("too dark", FaceProblem.TooDark.Reason());
        Assert.Equal("come closer", FaceProblem.TooFar.Advice());
    }

    [Fact]
    public void Colour_is_refused_in_a_sentence()
    {
        var colour = new PixelBuffer(2, 2, PixelFormat.Rgb24, new byte[12]);

        Assert.Contains("Gray8", Assert.Throws<ArgumentException>(() => FaceQuality.Of(colour, FaceAlignment.Template)).Message,
            StringComparison.Ordinal);
    }

    private static FaceQuality Measure(float faceEdge = 120, float centerX = 160, float blur = 0, float mean = 128, float contrast = 50)
    {
        (PixelBuffer picture, FaceLandmarks landmarks) = PlainFace.Draw(faceEdge, centerX, blur, mean, contrast);
        return FaceQuality.Of(picture, landmarks);
    }
}
