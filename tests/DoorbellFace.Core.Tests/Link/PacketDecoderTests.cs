using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class PacketDecoderTests
{
    private static readonly byte[] FirstBell = PacketCodec.Encode(new BellPacket(3, 1));
    private static readonly byte[] SecondBell = PacketCodec.Encode(new BellPacket(3, 2));

    private readonly LinkStatistics _statistics = new();
    private readonly PacketDecoder _decoder;

    public PacketDecoderTests() => _decoder = new PacketDecoder(_statistics);

    [Fact]
    public void Finds_packets_wherever_the_reads_are_cut()
    {
        byte[] stream = [.. FirstBell, 0, .. SecondBell];
        for (int cut = 0; cut <= stream.Length; cut++)
            Assert.Equal([1, 2], [.. ReadPresses(stream.AsSpan(0, cut)), .. ReadPresses(stream.AsSpan(cut))]);
    }

    [Fact]
    public void Finds_packets_byte_by_byte()
    {
        var presses = new List<int>();
        foreach (byte value in (byte[])[.. FirstBell, .. SecondBell]) presses.AddRange(ReadPresses([value]));
        Assert.Equal([1, 2], presses);
    }

    [Fact]
    public void A_flipped_bit_costs_its_own_packet_only()
    {
        for (int bit = 0; bit < FirstBell.Length * 8; bit++)
        {
            byte[] damaged = [.. FirstBell];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            List<int> presses = ReadPresses([.. damaged, .. SecondBell, 0]);
            // A flip of the closing 00 merges two packets: that one costs both.
            bool closing = bit / 8 == FirstBell.Length - 1;
            Assert.Equal(closing ? [] : [2], presses);
        }
    }

    [Fact]
    public void A_lost_byte_costs_its_own_packet_only()
    {
        for (int lost = 0; lost < FirstBell.Length - 1; lost++)
            Assert.Equal([2], ReadPresses([.. FirstBell[..lost], .. FirstBell[(lost + 1)..], .. SecondBell]));
    }

    [Fact]
    public void A_doubled_closing_byte_costs_nothing()
    {
        Assert.Equal([1, 2], ReadPresses([.. FirstBell, 0, .. SecondBell, 0]));
        Assert.Equal(2, _statistics.EmptyPackets);
        Assert.Equal(0, _statistics.CrcFailures);
    }

    [Fact]
    public void Joining_in_the_middle_of_a_packet_costs_that_packet()
    {
        Assert.Equal([2], ReadPresses([.. FirstBell[3..], .. SecondBell]));
        Assert.Equal(1, _statistics.CrcFailures);
        Assert.Equal(FirstBell.Length - 3, _statistics.BytesDiscarded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fewer_than_four_bytes_are_no_packet(int length)
    {
        Assert.Empty(ReadPresses([.. Enumerable.Repeat((byte)0x85, length), 0]));
        Assert.Equal(1, _statistics.CrcFailures);
    }

    [Fact]
    public void A_packet_without_a_body_is_whole_with_four_bytes()
    {
        var writer = new PacketWriter(new byte[8], (PacketType)0xA0);
        Assert.Equal(5, writer.Finish());
        Assert.Equal(1, Packets([.. Encode(0xA0, 0)]));
    }

    [Theory]
    [InlineData(1299, 1, 0)]
    [InlineData(1300, 1, 0)]
    [InlineData(1301, 0, 1)]
    [InlineData(5000, 0, 1)]
    public void The_longest_body_is_1300_bytes(int bodyBytes, int packets, int oversized)
    {
        Assert.Equal(packets, Packets(Encode(0xA0, bodyBytes)));
        Assert.Equal(oversized, _statistics.OversizedPackets);
        Assert.Equal([2], ReadPresses(SecondBell));
    }

    [Fact]
    public void An_oversized_run_is_discarded_up_to_the_next_zero_however_it_is_cut()
    {
        var run = new byte[4000];
        Array.Fill(run, (byte)0x55);
        foreach (byte[] piece in run.Chunk(7)) Assert.Empty(ReadPresses(piece));
        Assert.Equal([1], ReadPresses([0, .. FirstBell]));
        Assert.Equal(1, _statistics.OversizedPackets);
        Assert.Equal(4001, _statistics.BytesDiscarded);
        Assert.Equal(FirstBell.Length, _statistics.BytesInPackets);
    }

    [Fact]
    public void The_crcs_bytes_must_have_their_top_bits()
    {
        byte[] packet = [.. FirstBell];
        packet[^2] &= 0x7F;
        if (packet[^2] == 0) packet[^2] = 1;
        Assert.Empty(ReadPresses(packet));
        Assert.Equal(1, _statistics.CrcFailures);
    }

    [Fact]
    public void A_reset_discards_what_was_begun()
    {
        ReadPresses(FirstBell.AsSpan(0, 5));
        Assert.Equal(5, _decoder.PendingBytes);
        _decoder.Reset();
        Assert.Equal(0, _decoder.PendingBytes);
        Assert.Equal(5, _statistics.BytesDiscarded);
        Assert.Equal([2], ReadPresses(SecondBell));
    }

    private static byte[] Encode(byte type, int bodyBytes)
    {
        var target = new byte[bodyBytes + 5];
        var writer = new PacketWriter(target, (PacketType)type);
        writer.WritePixels(new byte[bodyBytes]);
        return target[..writer.Finish()];
    }

    private int Packets(ReadOnlySpan<byte> bytes)
    {
        int packets = 0;
        while (_decoder.TryRead(ref bytes, out _, out _)) packets++;
        return packets;
    }

    private List<int> ReadPresses(ReadOnlySpan<byte> bytes)
    {
        var presses = new List<int>();
        while (_decoder.TryRead(ref bytes, out PacketType type, out ReadOnlySpan<byte> body))
        {
            Assert.Equal(PacketType.Bell, type);
            Assert.True(PacketCodec.TryDecode(body, out BellPacket bell));
            presses.Add(bell.Press);
        }
        Assert.True(bytes.IsEmpty);
        return presses;
    }
}
