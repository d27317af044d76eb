using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class PacketCodecTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16383)]
    public void A_number_comes_back(int value)
    {
        Assert.Equal(value, RoundTrip(new BellPacket(0, value)).Press);
        Assert.Equal(value * 128, RoundTrip(new StatusPacket() with { Frames = value * 128 }).Frames);
        Assert.Equal(value * 16384, RoundTrip(new StatusPacket() with { UptimeSeconds = value * 16384 }).UptimeSeconds);
    }

    [Fact]
    public void A_HELLO_of_before_protocol_1_2_has_no_device_number()
    {
        byte[] packet = PacketCodec.Encode(new HelloPacket() with { Boot = 5, Capabilities = DeviceCapabilities.Bell, DeviceNumber = 77 });
        byte[] body = packet[1..^4], older = body[..^4];
        Assert.True(PacketCodec.TryDecode(body, out HelloPacket hello));
        Assert.True(PacketCodec.TryDecode(older, out HelloPacket olderHello));
        Assert.Equal(77, hello.DeviceNumber);
        Assert.Equal(hello with { DeviceNumber = 0 }, olderHello);
        for (int cut = 1; cut < 4; cut++) Assert.False(PacketCodec.TryDecode<HelloPacket>(body.AsSpan(0, body.Length - cut), out _));
    }

    [Fact]
    public void A_counter_stops_at_the_highest_value_of_its_width()
    {
        var far =
            new StatusPacket(int.MaxValue, int.MaxValue, 3_000_000, 2_097_152, 16_384, 20_000, 70_000, (SensorChecks)128, (SensorChecks)500,
                16_384);
        Assert.Equal(
            new StatusPacket(268_435_455, 2_097_151, 2_097_151, 2_097_151, 16_383, 16_383, 16_383, (SensorChecks)127, (SensorChecks)127,
                16_383),
            RoundTrip(far));
    }

    [Fact]
    public void A_negative_number_is_the_callers_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketCodec.Encode(new BellPacket(0, -1)));

    [Fact]
    public void No_byte_but_the_last_is_zero()
    {
        var random = new Random(7);
        var pixels = new byte[1297];
        var target = new byte[PacketDecoder.MaxPacketBytes];
        for (int round = 0; round < 200; round++)
        {
            random.NextBytes(pixels);
            int length = RowPacket.Encode(random.Next(16384), random.Next(16384), pixels, target);
            Assert.Equal(length - 1, target.AsSpan(0, length).IndexOf((byte)0));
        }
    }

    [Fact]
    public void A_body_cut_anywhere_is_not_read()
    {
        byte[] packet = PacketCodec.Encode(new FrameStartPacket(300, 0, 320, 240, 0, 1, 0));
        byte[] body = packet[1..^4];
        Assert.True(PacketCodec.TryDecode<FrameStartPacket>(body, out _));
        for (int length = 0; length < body.Length; length++)
            Assert.False(PacketCodec.TryDecode<FrameStartPacket>(body.AsSpan(0, length), out _));
    }

    [Fact]
    public void A_number_without_its_top_bit_is_not_read()
    {
        byte[] body = PacketCodec.Encode(new BellPacket(5, 300))[1..^4];
        for (int i = 0; i < body.Length; i++)
        {
            byte[] damaged = [.. body];
            damaged[i] &= 0x7F;
            Assert.False(PacketCodec.TryDecode<BellPacket>(damaged, out _));
        }
    }

    [Fact]
    public void A_longer_body_comes_from_a_newer_minor_version()
    {
        byte[] body = PacketCodec.Encode(new BellPacket(5, 300))[1..^4];
        Assert.True(PacketCodec.TryDecode((byte[])[.. body, 0x81, 0x82], out BellPacket bell));
        Assert.Equal(new BellPacket(5, 300), bell);
    }

    [Fact]
    public void A_row_needs_a_pixel()
    {
        Assert.False(RowPacket.TryDecode([0x80, 0x80, 0x81], out _));
        Assert.True(RowPacket.TryDecode([0x80, 0x80, 0x81, 0x01], out RowPacket row));
        Assert.Equal(1, row.RowIndex);
    }

    [Fact]
    public void A_text_is_cut_at_80_characters_and_kept_printable()
    {
        LogPacket log = RoundTrip(new LogPacket(LogSeverity.Information, LogCode.BarsRight, "ä\n" + new string('x', 100)));
        Assert.Equal("??" + new string('x', 78), log.Text);
    }

    [Fact]
    public void A_text_that_would_move_the_cursor_does_not_reach_the_terminal()
    {
        byte[] body = [0x81, 0x80, 0x80, 0x1B, (byte)'[', (byte)'2', (byte)'J', 0x07, 0x7F, 0xFF, (byte)'!'];
        Assert.True(PacketCodec.TryDecode(body, out LogPacket log));
        Assert.Equal("?[2J???!", log.Text);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(17, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public void An_acknowledgement_carries_four_bits_of_the_press(int press, bool acknowledged) =>
        Assert.Equal(acknowledged, HostCommand.BellAck(1).Acknowledges(press));

    private static T RoundTrip<T>(T packet)
        where T : struct, IPacket<T>
    {
        byte[] bytes = PacketCodec.Encode(packet);
        ReadOnlySpan<byte> input = bytes;
        Assert.True(new PacketDecoder(new LinkStatistics()).TryRead(ref input, out PacketType type, out ReadOnlySpan<byte> body));
        Assert.Equal(T.Type, type);
        Assert.True(PacketCodec.TryDecode(body, out T back));
        return back;
    }
}
