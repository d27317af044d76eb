using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Faces;

/// <summary>The geometry of the sweep, with a detector that finds one drawn mark; the real cascade is in the vision tests.</summary>
public class RotationSweepTests
{
    private const int Edge = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(22)]
    [InlineData(45)]
    [InlineData(-90)]
    [InlineData(165)]
    [InlineData(180)]
    public void Box_and_angle_come_back_in_frame_coordinates(int degrees)
    {
        PixelBuffer frame = FrameWithArrow(200, 90, degrees);

        FaceDetection face = Assert.Single(new RotationSweep(new ArrowDetector()).Detect(frame));

        Assert.InRange(face.Box.CenterX, 194, 206);
        Assert.InRange(face.Box.CenterY, 84, 96);
        Assert.InRange(face.Box.Width, Edge * 0.8, Edge * 1.25);
        Assert.InRange(face.Rotation.AngleTo(Rotation.FromDegrees(degrees)), 0, 4);
    }

    [Fact]
    public void A_face_in_the_corner_is_not_cut_off_by_turning()
    {
        PixelBuffer frame = FrameWithArrow(284, 36, 45);

        Assert.Single(new RotationSweep(new ArrowDetector()).Detect(frame));
    }

    [Fact]
    public void A_sure_upright_face_ends_the_search()
    {
        var detector = new ArrowDetector { Confidence = 8 };

        new RotationSweep(detector).Detect(FrameWithArrow(160, 120, 0));

        Assert.Equal(1, detector.Calls);
    }

    [Fact]
    public void A_weak_hit_at_a_single_angle_is_no_face()
    {
        var detector = new ArrowDetector { Confidence = 2, ToleranceDegrees = 5 };

        Assert.Empty(new RotationSweep(detector).Detect(FrameWithArrow(160, 120, 60)));
    }

    [Fact]
    public void An_empty_frame_has_no_face() =>
        Assert.Empty(new RotationSweep(new ArrowDetector()).Detect(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240])));

    [Fact]
    public void A_step_that_does_not_divide_the_circle_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RotationSweep(new ArrowDetector(), new RotationSweepOptions { StepDegrees = 25 }));

    /// <summary>A disc with a bright brow: its centre of light lies above its middle by a known part when it stands upright.</summary>
    private static PixelBuffer FrameWithArrow(float centerX, float centerY, float degrees)
    {
        var pixels = new byte[320 * 240];
        (float sin, float cos) = MathF.SinCos(degrees * MathF.PI / 180);
        for (int y = 0; y < 240; y++)
        {
            for (int x = 0; x < 320; x++)
            {
                float dx = x + 0.5f - centerX, dy = y + 0.5f - centerY;
                if ((dx * dx) + (dy * dy) > Edge * Edge / 4f) continue;
                float upward = (dx * sin) - (dy * cos);
                pixels[(y * 320) + x] = upward > 0 ? (byte)250 : (byte)60;
            }
        }
        return new PixelBuffer(320, 240, PixelFormat.Gray8, pixels);
    }

    /// <summary>Finds the disc when its bright half is on top, within a tolerance.</summary>
    private sealed class ArrowDetector : IFaceDetector
    {
        public float Confidence { get; init; } = 5;

        public float ToleranceDegrees { get; init; } = 20;

        public int Calls { get; private set; }

        public IReadOnlyList<FaceDetection> Detect(PixelBuffer gray, int minFaceEdgePixels)
        {
            Calls++;
            double brightX = 0, brightY = 0, darkX = 0, darkY = 0;
            long bright = 0, dark = 0;
            for (int y = 0; y < gray.Height; y++)
            {
                ReadOnlySpan<byte> row = gray.Row(y);
                for (int x = 0; x < gray.Width; x++)
                {
                    if (row[x] > 200) (brightX, brightY, bright) = (brightX + x + 0.5, brightY + y + 0.5, bright + 1);
                    else if (row[x] > 40) (darkX, darkY, dark) = (darkX + x + 0.5, darkY + y + 0.5, dark + 1);
                }
            }
            if (bright == 0 || dark == 0) return [];
            double upX = (brightX / bright) - (darkX / dark), upY = (darkY / dark) - (brightY / bright);
            double tilt = Math.Abs(Math.Atan2(upX, upY) * 180 / Math.PI);
            if (tilt > ToleranceDegrees) return [];
            float edge = 2 * MathF.Sqrt((bright + dark) / MathF.PI);
            var box =
                PixelRect.SquareAround((float)((brightX + darkX) / (bright + dark)), (float)((brightY + darkY) / (bright + dark)), edge);
            return [new FaceDetection(box, Rotation.None, Confidence - (float)(tilt / 5))];
        }
    }
}
