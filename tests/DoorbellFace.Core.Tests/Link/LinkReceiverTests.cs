using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class LinkReceiverTests
{
    private readonly ReceiverUnderTest _link = new();

    [Fact]
    public void A_repeated_bell_rings_once()
    {
        for (int i = 0; i < 5; i++) Bell(3, 7);
        Assert.Equal([true, false, false, false, false], Bells.Select(bell => bell.IsNew));
        Assert.Equal((1, 4, 0), (_link.Statistics.Presses, _link.Statistics.BellRepeats, _link.Statistics.PressesMissed));
    }

    [Fact]
    public void The_same_press_number_after_a_restart_rings_again()
    {
        Bell(3, 1);
        Bell(4, 1);
        Assert.All(Bells, bell => Assert.True(bell.IsNew));
    }

    [Fact]
    public void A_skipped_number_is_a_press_not_heard()
    {
        Bell(3, 1);
        Bell(3, 4);
        Assert.Equal(2, _link.Statistics.PressesMissed);
    }

    [Theory]
    [InlineData(16383, 1, 0)]
    [InlineData(16383, 2, 1)]
    [InlineData(16382, 2, 2)]
    public void Press_numbers_go_on_from_one(int first, int second, int missed)
    {
        Bell(3, first);
        Bell(3, second);
        Assert.Equal((2, missed), (_link.Statistics.Presses, _link.Statistics.PressesMissed));
    }

    [Fact]
    public void Press_zero_does_not_exist()
    {
        Bell(3, 0);
        Assert.Empty(_link.Events);
        Assert.Equal(1, _link.Statistics.MalformedPackets);
    }

    [Fact]
    public void Every_kind_of_packet_becomes_its_event()
    {
        _link.Receive(
            PacketCodec.Encode(new HelloPacket() with { ProtocolMajor = 1 }),
            PacketCodec.Encode(new StatusPacket() with { Presses = 4 }),
            PacketCodec.Encode(new LogPacket(LogSeverity.Warning, LogCode.NoVsync, "lens cap?")),
            PacketCodec.Encode(new AckPacket('h', AckResult.NotSupported)),
            PacketCodec.Encode(new LinePacket(3, 32)));
        Assert.Equal(new LinePacket(3, 32), _link.Single<LineTestReceived>().Line);
        Assert.Equal(1, _link.Single<HelloReceived>().Hello.ProtocolMajor);
        Assert.Equal(4, _link.Single<StatusReceived>().Status.Presses);
        Assert.Equal("lens cap?", _link.Single<LogReceived>().Log.Text);
        Assert.Equal(new AckPacket('h', AckResult.NotSupported), _link.Single<CommandAcknowledged>().Ack);
    }

    [Fact]
    public void An_unknown_type_comes_from_a_newer_version_and_is_passed_over()
    {
        var target = new byte[16];
        var writer = new PacketWriter(target, (PacketType)0xB0);
        writer.WriteU14(1);
        _link.Receive([target[..writer.Finish()]]);
        Bell(1, 1);
        Assert.Single(_link.Events);
        Assert.Equal((1, 2), (_link.Statistics.UnknownPackets, _link.Statistics.PacketsAccepted));
    }

    [Fact]
    public void A_body_that_is_too_short_is_counted_and_nothing_else()
    {
        foreach (PacketType type in Enum.GetValues<PacketType>().Where(type => type != PacketType.None))
        {
            var target = new byte[16];
            var writer = new PacketWriter(target, type);
            writer.WriteU7(1);
            _link.Receive([target[..writer.Finish()]]);
        }
        Assert.Empty(_link.Events);
        Assert.Equal(9, _link.Statistics.MalformedPackets);
    }

    [Fact]
    public void Bells_between_rows_do_not_disturb_the_frame()
    {
        var picture = FrameOnTheWire.Picture(320, 240, 5);
        foreach (byte[] packet in FrameOnTheWire.Packets(0, picture))
        {
            _link.Receive([packet]);
            Bell(1, 1);
        }
        Assert.Equal(FrameOnTheWire.AsSent(picture), _link.Single<FrameReceived>().Frame.Pixels.Pixels.ToArray());
    }

    [Fact]
    public void It_is_known_when_a_frame_is_under_way()
    {
        List<byte[]> packets = FrameOnTheWire.Packets(0, FrameOnTheWire.Picture(4, 4, 5));
        Assert.False(_link.Receiver.FrameIsUnderWay);
        foreach (byte[] packet in packets.SkipLast(1))
        {
            _link.Receive([packet]);
            Assert.True(_link.Receiver.FrameIsUnderWay);
        }
        _link.Receive([packets[^1]]);
        Assert.False(_link.Receiver.FrameIsUnderWay);
    }

    [Fact]
    public void A_snapshot_no_longer_changes()
    {
        Bell(1, 1);
        LinkStatistics snapshot = _link.Statistics.Snapshot();
        Bell(1, 2);
        Assert.Equal((1, 2), (snapshot.Presses, _link.Statistics.Presses));
    }

    private IEnumerable<BellReceived> Bells => _link.Events.Cast<BellReceived>();

    private void Bell(int boot, int press) => _link.Receive([PacketCodec.Encode(new BellPacket(boot, press))]);
}
