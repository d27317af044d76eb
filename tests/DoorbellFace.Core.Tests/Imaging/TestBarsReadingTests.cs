using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class TestBarsReadingTests
{
    [Theory]
    [InlineData(160, 120)]
    [InlineData(320, 240)]
    public void Right_bars_are_right(int width, int height) => AssertReading(DataLineFault.None, [], Bars(width, height, value => value));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_stuck_line_is_named(int line)
    {
        AssertReading(DataLineFault.StuckLow, [line], Bars(160, 120, value => (byte)(value & ~(1 << line))));
        AssertReading(DataLineFault.StuckHigh, [line], Bars(160, 120, value => (byte)(value | (1 << line))));
    }

    /// <summary>
    /// The bars of a real sensor, not this program's idea of them: 41 pixels wide, with blended ones between them, and V before U.
    /// </summary>
    [Theory]
    [InlineData(0x00, DataLineFault.None)]
    [InlineData(0x10, DataLineFault.Unknown)]
    public void The_bars_of_a_recording_are_right_and_a_wrong_line_in_them_is_not(int stuckLow, DataLineFault fault)
    {
        byte[] row =
            [.. File.ReadLines(Repository.Fixture("sensor/bars-row.hex")).Where(line => line[0] != '#').SelectMany(Convert.FromHexString)];
        byte[] frame =
            [.. Enumerable.Repeat(row, 240).SelectMany(bytes => bytes).Select(value => Math.Max((byte)(value & ~stuckLow), (byte)1))];

        TestBarsReading reading = TestBarsReading.Of(new PixelBuffer(320, 240, PixelFormat.Yuv422, frame));

        Assert.Equal((fault, fault == DataLineFault.None), (reading.Fault, reading.ChromaIsExchanged));
    }

    [Fact]
    public void Half_a_plug_out_is_four_lines() =>
        AssertReading(DataLineFault.StuckLow, [4, 5, 6, 7], Bars(160, 120, value => (byte)(value & 0x0F)));

    /// <summary>Every pair: among them D0 and D1, which change no level by more than 1 and do not show in the luma at all.</summary>
    [Fact]
    public void Any_two_lines_that_have_changed_places_are_named()
    {
        for (int first = 0; first < 8; first++)
        {
            for (int second = first + 1; second < 8; second++)
                AssertReading(DataLineFault.Swapped, [first, second], Bars(160, 120, value => Swap(value, first, second)));
        }
    }

    [Fact]
    public void A_plug_put_in_one_pin_further_is_every_line() =>
        AssertReading(DataLineFault.Swapped, [0, 1, 2, 3, 4, 5, 6, 7], Bars(160, 120, value => (byte)((value << 1) | (value >> 7))));

    [Fact]
    public void A_line_that_changes_from_row_to_row_is_unsteady()
    {
        byte[] pixels = Bars(160, 120, value => value).Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i += 7) pixels[i] ^= 0x10;

        AssertReading(DataLineFault.Unsteady, [4], new PixelBuffer(160, 120, PixelFormat.Yuv422, pixels));
    }

    [Fact]
    public void Another_sensors_slightly_other_levels_are_right_and_a_picture_is_not()
    {
        TestBarsReading other = TestBarsReading.Of(Bars(160, 120, value => (byte)Math.Max(value - 5, 0)));
        Assert.Equal((DataLineFault.None, 5), (other.Fault, other.LargestError));
        Assert.Equal(DataLineFault.Unknown, TestBarsReading.Of(Bars(160, 120, _ => 90)).Fault);
    }

    [Fact]
    public void Gray_bars_are_refused() =>
        Assert.Throws<ArgumentException>(() => TestBarsReading.Of(TestBars.Draw(160, 120, PixelFormat.Gray8)));

    /// <summary>Straight from a real OV7670, its bytes in the order Y V Y U.</summary>
    [DataFact("ov7670-real/output_6a8fbe3.raw")]
    public void The_bars_of_a_real_sensor_are_right()
    {
        byte[] pixels = File.ReadAllBytes(MeasuringData.Find("ov7670-real/output_6a8fbe3.raw")!);
        for (int i = 0; i < pixels.Length; i += 4) (pixels[i + 1], pixels[i + 3]) = (pixels[i + 3], pixels[i + 1]);

        TestBarsReading reading = TestBarsReading.Of(new PixelBuffer(320, 240, PixelFormat.Yuv422, pixels));

        Assert.Equal((DataLineFault.None, 0), (reading.Fault, reading.LargestError));
    }

    private static void AssertReading(DataLineFault fault, int[] lines, PixelBuffer bars)
    {
        TestBarsReading reading = TestBarsReading.Of(bars);
        Assert.Equal(fault, reading.Fault);
        Assert.Equal(lines, reading.Lines);
    }

    /// <summary>The bars behind a fault of the lines, as they arrive: 00 as 01.</summary>
    private static PixelBuffer Bars(int width, int height, Func<byte, byte> fault)
    {
        byte[] pixels =
            [.. TestBars.Draw(width, height, PixelFormat.Yuv422).Pixels.ToArray().Select(value => Math.Max(fault(value), (byte)1))];
        return new PixelBuffer(width, height, PixelFormat.Yuv422, pixels);
    }

    private static byte Swap(byte value, int first, int second)
    {
        bool differ = ((value >> first) & 1) != ((value >> second) & 1);
        return differ ? (byte)(value ^ (1 << first) ^ (1 << second)) : value;
    }
}
