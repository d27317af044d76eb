using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class FrameAssemblerTests
{
    private static readonly PixelBuffer Picture = FrameOnTheWire.Picture(32, 240, 1);

    private readonly ReceiverUnderTest _link = new();

    [Theory]
    [InlineData(320, 240, PixelFormat.Gray8)]
    [InlineData(160, 120, PixelFormat.Gray8)]
    [InlineData(320, 240, PixelFormat.Yuv422)]
    [InlineData(160, 120, PixelFormat.Rgb565BigEndian)]
    [InlineData(2, 1, PixelFormat.Gray8)]
    [InlineData(640, 1280, PixelFormat.Yuv422)]
    public void A_whole_frame_arrives_byte_for_byte(int width, int height, PixelFormat format)
    {
        PixelBuffer picture = FrameOnTheWire.Picture(width, height, 2, format);
        _link.Receive(FrameOnTheWire.Packets(300, picture, FrameTrigger.Request));
        FrameReceived received = _link.Single<FrameReceived>();
        Assert.Equal(FrameOnTheWire.AsSent(picture), received.Frame.Pixels.Pixels.ToArray());
        Assert.Equal((width, height, format), (received.Frame.Pixels.Width, received.Frame.Pixels.Height, received.Frame.Pixels.Format));
        Assert.Equal(300, received.Frame.Sequence);
        Assert.Equal(FrameTrigger.Request, received.Trigger);
        Assert.Equal(height, received.End!.Value.RowsSent);
        Assert.Empty(received.Frame.ConcealedRows);
        Assert.Equal(1, _link.Statistics.FramesWhole);
        Assert.Equal(height, _link.Statistics.RowsReceived);
    }

    [Fact]
    public void Twelve_rows_may_be_missing_and_thirteen_not()
    {
        _link.Receive(Without(0, [.. Enumerable.Range(0, 12).Select(i => i * 20)]));
        _link.Receive(Without(1, [.. Enumerable.Range(0, 13).Select(i => i * 18)]));
        Assert.Equal(12, _link.Single<FrameReceived>().Frame.ConcealedRows.Count);
        FrameRefused refused = _link.Single<FrameRefused>();
        Assert.Equal(1, refused.Sequence);
        Assert.Equal("13 of 240 rows are missing, 1 in a run; at most 12 rows, 3 in a run, can be drawn from their neighbours.",
            refused.Reason);
        Assert.Equal(25, _link.Statistics.RowsMissing);
        Assert.Equal((0, 1, 1), (_link.Statistics.FramesWhole, _link.Statistics.FramesConcealed, _link.Statistics.FramesRefused));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(236)]
    public void Three_rows_in_a_run_may_be_missing_and_four_not(int first)
    {
        _link.Receive(Without(0, first, first + 1, first + 2));
        _link.Receive(Without(1, first, first + 1, first + 2, first + 3));
        Assert.Equal([first, first + 1, first + 2], _link.Single<FrameReceived>().Frame.ConcealedRows);
        Assert.Contains("4 in a run", _link.Single<FrameRefused>().Reason);
    }

    [Fact]
    public void A_missing_row_lies_between_its_neighbours_in_proportion()
    {
        var pixels = new byte[240 * 2];
        for (int row = 0; row < 240; row++) pixels[2 * row] = pixels[(2 * row) + 1] = (byte)(row + 1);
        pixels[2 * 103] = 241;
        var picture = new PixelBuffer(2, 240, PixelFormat.Gray8, pixels);
        List<byte[]> packets = FrameOnTheWire.Packets(0, picture);
        _link.Receive(packets.Where((_, i) => i is not (1 + 100 or 1 + 101 or 1 + 102 or 1 + 50)));
        PixelBuffer mended = _link.Single<FrameReceived>().Frame.Pixels;
        // Between 100 (row 99) and 241 (row 103) a quarter each; 50 lies between 50 and 52.
        Assert.Equal([135, 171, 206], [mended.Row(100)[0], mended.Row(101)[0], mended.Row(102)[0]]);
        Assert.Equal([101, 102, 103], [mended.Row(100)[1], mended.Row(101)[1], mended.Row(102)[1]]);
        Assert.Equal(51, mended.Row(50)[0]);
    }

    [Fact]
    public void Missing_rows_at_the_edge_are_drawn_like_the_nearest()
    {
        _link.Receive(Without(0, 0, 1, 239));
        PixelBuffer mended = _link.Single<FrameReceived>().Frame.Pixels;
        Assert.Equal(mended.Row(2).ToArray(), mended.Row(0).ToArray());
        Assert.Equal(mended.Row(2).ToArray(), mended.Row(1).ToArray());
        Assert.Equal(mended.Row(238).ToArray(), mended.Row(239).ToArray());
        Assert.Equal(FrameOnTheWire.AsSent(Picture)[(2 * 32)..(3 * 32)], mended.Row(2).ToArray());
    }

    [Fact]
    public void A_lost_start_goes_on_with_the_geometry_before()
    {
        _link.Receive(FrameOnTheWire.Packets(0, Picture));
        _link.Receive(FrameOnTheWire.Packets(1, Picture).Skip(1));
        FrameReceived second = Assert.IsType<FrameReceived>(_link.Events[1]);
        Assert.Equal(1, second.Frame.Sequence);
        Assert.Equal(FrameTrigger.Other, second.Trigger);
        Assert.Equal(FrameOnTheWire.AsSent(Picture), second.Frame.Pixels.Pixels.ToArray());
    }

    [Fact]
    public void Rows_before_any_start_have_no_place()
    {
        _link.Receive(FrameOnTheWire.Packets(1, Picture).Skip(1));
        Assert.Empty(_link.Events);
        Assert.Equal(240, _link.Statistics.RowsMisplaced);
    }

    [Fact]
    public void A_lost_end_ends_with_the_next_frame()
    {
        _link.Receive(FrameOnTheWire.Packets(0, Picture).SkipLast(1));
        Assert.Empty(_link.Events);
        _link.Receive(FrameOnTheWire.Start(1, Picture));
        Assert.Null(_link.Single<FrameReceived>().End);
    }

    [Fact]
    public void Lost_end_and_lost_start_end_with_the_next_frames_first_row()
    {
        _link.Receive(FrameOnTheWire.Packets(127, Picture).SkipLast(1));
        _link.Receive(FrameOnTheWire.Packets(128, Picture).Skip(1));
        Assert.Equal([127, 128], _link.Events.Cast<FrameReceived>().Select(received => received.Frame.Sequence));
    }

    [Fact]
    public void A_frame_that_stops_ends_500_ms_after_its_last_packet()
    {
        _link.Receive(FrameOnTheWire.Packets(5, Picture).SkipLast(1));
        _link.Pass(499);
        Assert.Empty(_link.Events);
        _link.Pass(1);
        Assert.Equal(_link.Now.AddMilliseconds(-500), _link.Single<FrameReceived>().At);
    }

    [Fact]
    public void Bytes_after_a_long_silence_do_not_join_the_frame_before()
    {
        List<byte[]> packets = FrameOnTheWire.Packets(5, Picture);
        _link.Receive(packets.Take(100));
        _link.Now += TimeSpan.FromMilliseconds(600);
        _link.Receive(packets.Skip(100));
        Assert.Equal(2, _link.Events.OfType<FrameRefused>().Count());
        Assert.Equal([5, 5], _link.Events.OfType<FrameRefused>().Select(refused => refused.Sequence));
    }

    [Fact]
    public void A_pulled_cable_ends_the_frame()
    {
        _link.Receive(FrameOnTheWire.Packets(5, Picture).Take(100));
        _link.Receiver.Disconnect(_link.Events);
        Assert.Contains("141 of 240 rows are missing", _link.Single<FrameRefused>().Reason);
        _link.Receiver.Disconnect(_link.Events);
        Assert.Single(_link.Events);
    }

    [Fact]
    public void The_first_of_two_equal_rows_counts()
    {
        List<byte[]> packets = FrameOnTheWire.Packets(0, Picture);
        packets.Insert(10, FrameOnTheWire.Row(0, 4, new byte[32]));
        _link.Receive(packets);
        Assert.Equal(FrameOnTheWire.AsSent(Picture), _link.Single<FrameReceived>().Frame.Pixels.Pixels.ToArray());
        Assert.Equal((1, 240), (_link.Statistics.RowsDuplicated, _link.Statistics.RowsReceived));
    }

    [Fact]
    public void Rows_of_another_length_or_below_the_last_have_no_place()
    {
        List<byte[]> packets = FrameOnTheWire.Packets(0, Picture);
        packets.Insert(10, FrameOnTheWire.Row(0, 4, new byte[31]));
        packets.Insert(10, FrameOnTheWire.Row(0, 4, new byte[33]));
        packets.Insert(10, FrameOnTheWire.Row(0, 240, new byte[32]));
        _link.Receive(packets);
        Assert.Equal(3, _link.Statistics.RowsMisplaced);
        Assert.Equal(1, _link.Statistics.FramesWhole);
    }

    [Fact]
    public void Another_size_begins_with_its_start()
    {
        PixelBuffer small = FrameOnTheWire.Picture(16, 120, 3);
        _link.Receive(FrameOnTheWire.Packets(0, Picture));
        _link.Receive(FrameOnTheWire.Packets(1, small));
        Assert.Equal([32, 16], _link.Events.Cast<FrameReceived>().Select(received => received.Frame.Pixels.Width));
    }

    [Theory]
    [InlineData(0, 240, 0)]
    [InlineData(320, 0, 0)]
    [InlineData(1281, 240, 0)]
    [InlineData(320, 1281, 0)]
    [InlineData(33, 240, 1)]
    [InlineData(320, 240, 4)]
    [InlineData(321, 240, 3)]
    public void A_start_that_no_sensor_can_mean_is_malformed(int width, int height, int format)
    {
        _link.Receive([PacketCodec.Encode(new FrameStartPacket(0, 0, width, height, format, 1, 0))]);
        _link.Receive([FrameOnTheWire.End(0, 0)]);
        Assert.Empty(_link.Events.OfType<FrameReceived>());
        Assert.Equal(1, _link.Statistics.MalformedPackets);
    }

    [Fact]
    public void An_end_of_another_frame_ends_the_open_one_without_its_figures()
    {
        _link.Receive(FrameOnTheWire.Packets(7, Picture).SkipLast(1));
        _link.Receive([FrameOnTheWire.End(8, 240)]);
        FrameReceived received = _link.Single<FrameReceived>();
        Assert.Equal(7, received.Frame.Sequence);
        Assert.Null(received.End);
    }

    [Fact]
    public void Test_bars_and_unknown_triggers_are_told()
    {
        _link.Receive([FrameOnTheWire.Start(0, Picture, (FrameTrigger)9, flags: 1), .. FrameOnTheWire.Packets(0, Picture).Skip(1)]);
        FrameReceived received = _link.Single<FrameReceived>();
        Assert.True(received.ShowsTestBars);
        Assert.Equal(FrameTrigger.Other, received.Trigger);
    }

    private static IEnumerable<byte[]> Without(int sequence, params int[] rows) =>
        FrameOnTheWire.Packets(sequence, Picture).Where((_, i) => !rows.Contains(i - 1));
}
