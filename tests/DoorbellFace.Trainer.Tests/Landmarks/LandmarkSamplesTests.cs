using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Landmarks;

namespace DoorbellFace.Trainer.Tests.Landmarks;

public class LandmarkSamplesTests
{
    private static readonly IReadOnlyList<KnownFace> Faces = DrawnFaces.Draw(3);

    private readonly LandmarkSamples _samples = new(Faces, [], [], seed: 1);

    [Fact]
    public void The_same_seed_step_and_number_give_the_same_crop()
    {
        Assert.Equal(Tensor(1, step: 4, number: 7), Tensor(1, step: 4, number: 7));
        Assert.NotEqual(Tensor(1, step: 4, number: 7), Tensor(1, step: 4, number: 8));
        Assert.NotEqual(Tensor(1, step: 4, number: 7), Tensor(2, step: 4, number: 7));
    }

    [Fact]
    public void Somewhat_more_than_half_are_faces_and_their_landmarks_lie_in_order_in_the_crop()
    {
        FaceLandmarks[] faces =
            [.. Enumerable.Range(0, 400).Select(i => _samples.Make(new SeededRandom(3, i)).Landmarks).OfType<FaceLandmarks>()];

        Assert.InRange(faces.Length, 180, 260);
        foreach (FaceLandmarks face in faces)
        {
            // Mirrored or not, left stays left; tilted by 28 degrees at most, and by what the drawn head itself is.
            Assert.True(face.LeftEye.X < face.RightEye.X && face.LeftMouthCorner.X < face.RightMouthCorner.X, $"{face}");
            Assert.True(face.LeftEye.Y < face.LeftMouthCorner.Y && face.RightEye.Y < face.RightMouthCorner.Y, $"{face}");
            Assert.All(face.Points, point => Assert.InRange(point.X, -4, LandmarkSamples.Edge + 4));
        }
    }

    [Fact]
    public void The_landmarks_stand_on_the_pixels_they_name()
    {
        // A gray photo with a black spot at each landmark: the spots must be where the crop's landmarks are.
        KnownFace drawn = Faces[0];
        byte[] pixels = new byte[240 * 240];
        for (int i = 0; i < pixels.Length; i++)
        {
            var here = new FacePoint((i % 240) + 0.5f, (i / 240) + 0.5f);
            pixels[i] = drawn.Landmarks.Points.Any(point => point.DistanceTo(here) < 5) ? (byte)0 : (byte)200;
        }
        var spotted = new LandmarkSamples([drawn with { Gray = new PixelBuffer(240, 240, PixelFormat.Gray8, pixels) }], [], [], seed: 1);
        int seen = 0, dark = 0;
        for (int i = 0; i < 60; i++)
        {
            (PixelBuffer crop, FaceLandmarks? landmarks) = spotted.Make(new SeededRandom(9, i));
            if (landmarks is not { } face) continue;
            float mean = (float)crop.Pixels.ToArray().Average(value => (double)value);
            foreach (FacePoint point in face.Points.Where(point => point.X is > 2 and < 54 && point.Y is > 2 and < 54))
            {
                seen++;
                if (crop.Row((int)point.Y)[(int)point.X] < mean) dark++;
            }
        }
        // In some crops something covers a part of the face.
        Assert.True(seen > 100);
        Assert.True(dark > 0.9 * seen, $"{dark} of {seen} landmarks are dark");
    }

    [Fact]
    public void Hard_faces_are_learnt_from_more_often()
    {
        // One face among twenty: its photo is all white where the others' are black.
        KnownFace With(byte gray, bool isHard) => Faces[0] with
        {
            Gray = new PixelBuffer(240, 240, PixelFormat.Gray8, Enumerable.Repeat(gray, 240 * 240).ToArray()), IsHard = isHard,
        };
        int White(bool isHard)
        {
            var samples = new LandmarkSamples([With(255, isHard), .. Enumerable.Repeat(With(0, isHard: false), 19)], [], [], seed: 1);
            return Enumerable.Range(0, 1000).Select(i => samples.Make(new SeededRandom(5, i)))
                .Count(made => made.Landmarks is not null && made.Crop.Pixels.ToArray().Average(value => (double)value) > 128);
        }

        Assert.True(White(isHard: true) > 3 * (White(isHard: false) + 1), $"{White(isHard: true)} against {White(isHard: false)}");
    }

    [Theory]
    [InlineData(0f, 0f, 1f, 60f, true)]
    [InlineData(0f, 0f, 1f, 180f, true)]
    [InlineData(0f, 0f, 1f, 20f, false)]
    [InlineData(0.6f, 0f, 1f, 0f, true)]
    [InlineData(0.2f, 0.2f, 1f, 0f, false)]
    [InlineData(0.3f, 0.3f, 0.4f, 0f, true)]
    [InlineData(3f, 0f, 1f, 0f, false)]
    public void A_hit_is_wrong_when_it_is_surely_not_the_face(float shiftX, float shiftY, float size, float degrees, bool wrong)
    {
        var face = new FacePlace(100, 100, 50, Rotation.None);

        Assert.Equal(wrong,
            FalseAlarms.IsWrong(face, new FacePlace(100 + (50 * shiftX), 100 + (50 * shiftY), 50 * size, Rotation.FromDegrees(degrees))));
    }

    private static float[] Tensor(int seed, int step, int number)
    {
        var tensor = new float[LandmarkSamples.Edge * LandmarkSamples.Edge];
        new LandmarkSamples(Faces, [], [], seed).Make(step, number, tensor, new float[10]);
        return tensor;
    }
}
