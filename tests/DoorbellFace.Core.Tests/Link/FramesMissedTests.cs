using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>Frames of which nothing arrived show only as a gap in the sequence.</summary>
public class FramesMissedTests
{
    private static readonly PixelBuffer Picture = FrameOnTheWire.Picture(4, 4, 1);

    private readonly ReceiverUnderTest _link = new();

    [Theory]
    [InlineData(10, 11, 0)]
    [InlineData(10, 12, 1)]
    [InlineData(10, 20, 9)]
    [InlineData(16383, 0, 0)]
    [InlineData(16380, 2, 5)]
    public void A_gap_in_the_sequence_is_counted(int first, int second, int missed)
    {
        _link.Receive(FrameOnTheWire.Packets(first, Picture));
        _link.Receive(FrameOnTheWire.Packets(second, Picture));
        Assert.Equal(missed, _link.Statistics.FramesMissed);
    }

    [Fact]
    public void A_lone_end_is_a_frame_missed()
    {
        _link.Receive(FrameOnTheWire.Packets(10, Picture));
        _link.Receive([FrameOnTheWire.End(12, 4)]);
        Assert.Equal(2, _link.Statistics.FramesMissed);
        _link.Receive(FrameOnTheWire.Packets(13, Picture));
        Assert.Equal(2, _link.Statistics.FramesMissed);
    }

    [Fact]
    public void A_frame_known_by_its_rows_alone_is_none_missed()
    {
        _link.Receive(FrameOnTheWire.Packets(126, Picture));
        _link.Receive(FrameOnTheWire.Packets(127, Picture).Skip(1).SkipLast(1));
        _link.Receive(FrameOnTheWire.Packets(129, Picture).Skip(1).SkipLast(1));
        _link.Receive(FrameOnTheWire.Packets(130, Picture));
        Assert.Equal(1, _link.Statistics.FramesMissed);
        Assert.Equal([126, 127, 129, 130], _link.Events.Cast<FrameReceived>().Select(received => received.Frame.Sequence));
    }

    [Fact]
    public void A_device_that_started_anew_has_missed_nothing()
    {
        _link.Receive([PacketCodec.Encode(new HelloPacket() with { Boot = 1 })]);
        _link.Receive(FrameOnTheWire.Packets(16000, Picture));
        _link.Receive([PacketCodec.Encode(new HelloPacket() with { Boot = 2 })]);
        _link.Receive(FrameOnTheWire.Packets(100, Picture));
        Assert.Equal(0, _link.Statistics.FramesMissed);
    }

    [Fact]
    public void A_pulled_cable_begins_a_new_count()
    {
        _link.Receive(FrameOnTheWire.Packets(10, Picture));
        _link.Receiver.Disconnect(_link.Events);
        _link.Receive(FrameOnTheWire.Packets(500, Picture));
        Assert.Equal(0, _link.Statistics.FramesMissed);
    }
}
