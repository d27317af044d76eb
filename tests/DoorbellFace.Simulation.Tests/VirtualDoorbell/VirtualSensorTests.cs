using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Simulation.Tests.VirtualDoorbell;

public class VirtualSensorTests
{
    private static readonly SensorMode Qvga = SensorMode.All[0], Qqvga = SensorMode.All[1], QvgaColour = SensorMode.All[2],
        QqvgaColour = SensorMode.All[3];

    [Fact]
    public void A_picture_of_the_modes_size_is_sent_as_it_is()
    {
        PixelBuffer picture = TestPictures.Random(320, 240, 1);
        Assert.Equal(picture.Pixels.ToArray(), new VirtualSensor(0, 0, 1).Capture(picture, Qvga).Pixels.ToArray());
    }

    [Theory]
    [InlineData(1000, 1000, 40, 0, 240, 240)]
    [InlineData(1000, 250, 0, 80, 320, 80)]
    [InlineData(30, 60, 100, 0, 120, 240)]
    public void Another_picture_is_fitted_with_black_bars(int width, int height, int left, int top, int innerWidth, int innerHeight)
    {
        PixelBuffer fitted = new VirtualSensor(0, 0, 1).Capture(TestPictures.Plain(width, height, 200), Qvga);
        var expected = new byte[320 * 240];
        for (int y = top; y < top + innerHeight; y++) Array.Fill(expected, (byte)200, (y * 320) + left, innerWidth);
        Assert.Equal(expected, fitted.Pixels.ToArray());
    }

    [Fact]
    public void Colour_comes_back_from_yuv()
    {
        var rgb = new byte[160 * 120 * 3];
        for (int i = 0; i < rgb.Length; i += 3) (rgb[i], rgb[i + 1], rgb[i + 2]) = (180, 90, 40);
        PixelBuffer sent = new VirtualSensor(0, 0, 1).Capture(new PixelBuffer(160, 120, PixelFormat.Rgb24, rgb), QqvgaColour);
        Assert.Equal(PixelFormat.Yuv422, sent.Format);
        ReadOnlySpan<byte> back = PixelConversion.ToRgb24(sent).Pixels;
        Assert.InRange(back[0], 178, 182);
        Assert.InRange(back[1], 88, 92);
        Assert.InRange(back[2], 38, 42);
    }

    [Fact]
    public void The_noise_has_the_asked_for_strength_and_comes_back_with_its_seed()
    {
        PixelBuffer gray = TestPictures.Plain(320, 240, 128);
        var sensor = new VirtualSensor(6, 0, 42);
        byte[] first = sensor.Capture(gray, Qvga).Pixels.ToArray(), second = sensor.Capture(gray, Qvga).Pixels.ToArray();
        double mean = first.Average(pixel => (double)pixel);
        double sigma = Math.Sqrt(first.Average(pixel => (pixel - mean) * (pixel - mean)));
        Assert.InRange(mean, 127.8, 128.2);
        Assert.InRange(sigma, 5.9, 6.1);
        Assert.NotEqual(first, second);
        Assert.Equal(first, new VirtualSensor(6, 0, 42).Capture(gray, Qvga).Pixels.ToArray());
    }

    [Fact]
    public void Blur_spreads_a_point_evenly_and_keeps_its_light()
    {
        var pixels = new byte[320 * 240];
        pixels[(120 * 320) + 160] = 255;
        PixelBuffer blurred = new VirtualSensor(0, 1, 1).Capture(new PixelBuffer(320, 240, PixelFormat.Gray8, pixels), Qvga);
        Assert.InRange(blurred.Row(120)[160], 38, 43);
        Assert.Equal(blurred.Row(120)[158], blurred.Row(122)[160]);
        Assert.InRange(blurred.Pixels.ToArray().Sum(pixel => pixel), 240, 270);
    }

    [Theory]
    [InlineData(0, 1_000_000, 0x88, 900)]
    [InlineData(0, 2_000_000, 0x87, 800)]
    [InlineData(1, 1_000_000, 0x82, 300)]
    public void The_sensor_is_as_fast_as_the_boards(int mode, int baud, int clkrc, int milliseconds)
    {
        Assert.Equal(clkrc, SensorMode.All[mode].Clkrc(baud));
        Assert.InRange(SensorMode.All[mode].FramePeriod(baud).TotalMilliseconds, milliseconds - 1, milliseconds + 1);
    }

    [Fact]
    public void No_mode_is_faster_than_the_wire()
    {
        foreach (SensorMode mode in SensorMode.All)
        {
            foreach (int baud in (int[])[500_000, 1_000_000, 2_000_000])
                Assert.True(mode.RowPeriod(baud).TotalSeconds * baud / 10 >= mode.RowBytes + 8, $"{mode.Name} at {baud}");
        }
        Assert.Equal(640, QvgaColour.RowBytes);
        Assert.Equal(160, Qqvga.RowBytes);
    }
}
