using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using Xunit;

namespace DoorbellFace.Core.Tests.Faces;

public sealed class FaceAlignmentTests
{
    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(30, 0.5, 40, 10)]
    [InlineData(-90, 2, 5, 80)]
    [InlineData(180, 1.3, 100, 100)]
    public void Finds_turn_scale_and_shift_exactly(float degrees, float scale, float shiftX, float shiftY)
    {
        (float sin, float cos) = MathF.SinCos(degrees * MathF.PI / 180);
        FaceLandmarks landmarks = FaceAlignment.Template.Map(point =>
            new FacePoint((100 * scale * ((cos * point.X) - (sin * point.Y))) + shiftX,
                (100 * scale * ((sin * point.X) + (cos * point.Y))) + shiftY));

        AffineTransform map = FaceAlignment.TargetToSource(landmarks, 112);

        for (int i = 0; i < FaceLandmarks.Count; i++)
        {
            FacePoint place = FaceAlignment.Template.Points[i];
            (float x, float y) = map.Apply(place.X * 112, place.Y * 112);
            Assert.Equal(landmarks.Points[i].X, x, 0.01f);
            Assert.Equal(landmarks.Points[i].Y, y, 0.01f);
        }
    }

    [Fact]
    public void A_wider_span_shows_the_same_face_smaller_around_the_same_middle()
    {
        FaceLandmarks landmarks = FaceAlignment.Template.Map(point => new FacePoint(point.X * 128, point.Y * 128));

        AffineTransform narrow = FaceAlignment.TargetToSource(landmarks, 128),
            wide = FaceAlignment.TargetToSource(landmarks, 160, span: 1.25f);

        (float x, float y) = wide.Apply(80, 80);
        Assert.Equal(64f, x, 0.001f);
        Assert.Equal(64f, y, 0.001f);
        Assert.Equal(narrow.ScaleAlongRow, wide.ScaleAlongRow, 0.0001f);
        Assert.Equal(-16f, wide.Apply(0, 0).X, 0.001f);
    }

    [Fact]
    public void One_landmark_that_is_off_turns_the_face_only_a_little()
    {
        FaceLandmarks landmarks = FaceAlignment.Template.Map(point => new FacePoint(point.X * 100, point.Y * 100));
        FaceLandmarks off = landmarks with { NoseTip = new FacePoint(landmarks.NoseTip.X + 10, landmarks.NoseTip.Y) };

        AffineTransform map = FaceAlignment.TargetToSource(off, 100);

        // The least-squares shift is a fifth of the error.
        Assert.InRange(map.Apply(50, 64).X - 50, 1.5f, 2.5f);
        Assert.InRange(MathF.Atan2(map.C, map.A) * 180 / MathF.PI, -1f, 1f);
    }

    [Fact]
    public void Aligned_pixels_come_from_the_landmarks_places()
    {
        var pixels = new byte[200 * 200];
        FaceLandmarks landmarks = FaceAlignment.Template.Map(point => new FacePoint(200 - (point.X * 100), 190 - (point.Y * 100)));
        foreach (FacePoint point in landmarks.Points)
        {
            for (int y = -2; y <= 2; y++)
            {
                for (int x = -2; x <= 2; x++) pixels[(((int)point.Y + y) * 200) + (int)point.X + x] = 250;
            }
        }

        PixelBuffer aligned = FaceAlignment.Align(new PixelBuffer(200, 200, PixelFormat.Gray8, pixels), landmarks, 100);

        Assert.All(FaceAlignment.Template.Points, point =>
            Assert.True(aligned.Pixels[((int)(point.Y * 100) * 100) + (int)(point.X * 100)] > 200));
        Assert.True(aligned.Pixels[(20 * 100) + 50] < 5);
    }
}
