using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Measuring;

/// <summary>
/// A photo as the doorbell's camera would have taken it: in a gray frame of 320x240 so that the face is so many pixels high, blurred by the
/// lens and with the sensor's noise. Beyond the photo its edges continue.
/// </summary>
/// <param name="faceHeightPixels">Height of the face's box: 80 is arm's length, 56 two steps.</param>
/// <param name="isCompressed">The frame travels in compressed rows (mode 4) and not with all its bits.</param>
public sealed class CameraView(int faceHeightPixels, bool isCompressed = false)
{
    /// <summary>
    /// Height of a detector's box in parts of the larger of the distance between the eyes and that from eyes to mouth: the median over 333
    /// LFW photos, by YuNet's boxes and landmarks (80 % between 2.59 and 2.90).
    /// </summary>
    private const float BoxHeightPerFeatureDistance = 2.755f;

    private static readonly SensorMode Mode = SensorMode.All.Single(mode => mode.Name == "qvga");

    /// <summary>One frame.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="landmarks">Of the face that is to have that height, in the photo's coordinates.</param>
    /// <param name="seed">Decides the noise and, but for frame 0, where within a pixel or two the face lies.</param>
    /// <param name="frame">Number within one visit, from 0.</param>
    public PixelBuffer Take(PixelBuffer photo, FaceLandmarks landmarks, int seed, int frame)
    {
        var random = new Random((seed * 7919) ^ frame);
        return Capture(Sample(photo, landmarks, Mode.Width, random, frame), random);
    }

    /// <summary>One frame of two visitors, each in a half of it.</summary>
    /// <param name="left">Whose photo is on the left, with the landmarks of the face.</param>
    /// <param name="right">Whose is on the right.</param>
    /// <param name="seed">Decides the noise and, but for frame 0, where within a pixel or two the faces lie.</param>
    /// <param name="frame">Number within one visit, from 0.</param>
    public PixelBuffer TakeTogether((PixelBuffer Photo, FaceLandmarks Landmarks) left, (PixelBuffer Photo, FaceLandmarks Landmarks) right,
        int seed, int frame)
    {
        var random = new Random((seed * 7919) ^ frame);
        int half = Mode.Width / 2;
        PixelBuffer onLeft = Sample(left.Photo, left.Landmarks, half, random, frame),
            onRight = Sample(right.Photo, right.Landmarks, half, random, frame);
        var pixels = new byte[Mode.Width * Mode.Height];
        for (int row = 0; row < Mode.Height; row++)
        {
            onLeft.Row(row).CopyTo(pixels.AsSpan(row * Mode.Width));
            onRight.Row(row).CopyTo(pixels.AsSpan((row * Mode.Width) + half));
        }
        return Capture(new PixelBuffer(Mode.Width, Mode.Height, PixelFormat.Gray8, pixels), random);
    }

    /// <summary>The part of a photo round its face, so wide, before lens and sensor.</summary>
    private PixelBuffer Sample(PixelBuffer photo, FaceLandmarks landmarks, int width, Random random, int frame)
    {
        FacePoint eyes = Middle(landmarks.LeftEye, landmarks.RightEye),
            mouth = Middle(landmarks.LeftMouthCorner, landmarks.RightMouthCorner);
        float scale = BoxHeightPerFeatureDistance * MathF.Max(landmarks.EyeDistance, eyes.DistanceTo(mouth)) / faceHeightPixels;
        float jitter = frame == 0 ? 0 : 2 * scale;
        float x = ((eyes.X + mouth.X) / 2) + (jitter * (random.NextSingle() - 0.5f)),
            y = ((eyes.Y + mouth.Y) / 2) + (jitter * (random.NextSingle() - 0.5f));
        return AffineSampler.Sample(PixelConversion.ToGray8(photo),
            AffineTransform.TargetToSource(width, Mode.Height, x, y, scale, Rotation.None), width, Mode.Height);
    }

    private PixelBuffer Capture(PixelBuffer scene, Random random)
    {
        PixelBuffer frame = CameraSensor.Capture(scene, CameraLight.Day, random);
        return isCompressed ? CompressedAndBack(frame) : frame;
    }

    private static PixelBuffer CompressedAndBack(PixelBuffer frame)
    {
        byte[] pixels = new byte[frame.Pixels.Length], packed = new byte[CompressedRow.Bytes(frame.Width)];
        for (int row = 0; row < frame.Height; row++)
        {
            CompressedRow.Encode(frame.Row(row), packed);
            if (!CompressedRow.TryDecode(packed, pixels.AsSpan(row * frame.Width, frame.Width)))
                throw new InvalidOperationException("An encoded row was not decoded.");
        }
        return new PixelBuffer(frame.Width, frame.Height, frame.Format, pixels);
    }

    private static FacePoint Middle(FacePoint one, FacePoint other) => new((one.X + other.X) / 2, (one.Y + other.Y) / 2);
}
