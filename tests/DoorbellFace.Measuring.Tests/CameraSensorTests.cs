using DoorbellFace.Core.Imaging;
using DoorbellFace.Measuring;
using DoorbellFace.Testing;

namespace DoorbellFace.Measuring.Tests;

public class CameraSensorTests
{
    [Theory]
    [InlineData(CameraLight.Day, 160, 6)]
    [InlineData(CameraLight.Night, 80, 12)]
    public void By_night_it_is_half_as_bright_and_twice_as_noisy(CameraLight light, double level, double noise)
    {
        PixelBuffer frame = CameraSensor.Capture(TestPictures.Plain(200, 120, 160, PixelFormat.Rgb24), light, new Random(1));

        Assert.Equal((200, 120, PixelFormat.Gray8), (frame.Width, frame.Height, frame.Format));
        byte[] pixels = frame.Pixels.ToArray();
        double mean = pixels.Average(pixel => (double)pixel);
        Assert.InRange(mean, level - 0.5, level + 0.5);
        Assert.InRange(Math.Sqrt(pixels.Average(pixel => (pixel - mean) * (pixel - mean))), noise - 0.3, noise + 0.3);
    }

    [Fact]
    public void The_same_chance_gives_the_same_frame()
    {
        PixelBuffer scene = TestPictures.Random(64, 64, 3);

        Assert.Equal(CameraSensor.Capture(scene, CameraLight.Night, new Random(4)).Pixels,
            CameraSensor.Capture(scene, CameraLight.Night, new Random(4)).Pixels);
        Assert.NotEqual(CameraSensor.Capture(scene, CameraLight.Night, new Random(4)).Pixels.ToArray(),
            CameraSensor.Capture(scene, CameraLight.Night, new Random(5)).Pixels.ToArray());
    }
}
