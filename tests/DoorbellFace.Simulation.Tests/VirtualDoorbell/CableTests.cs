using System.Buffers;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Simulation.Tests.VirtualDoorbell;

public class CableTests
{
    [Fact]
    public void A_good_cable_changes_nothing()
    {
        byte[] bytes = TestPictures.Random(100, 10, 1).Pixels.ToArray();
        Assert.Equal(bytes, Pass(new NoisyCable(new CableFaults(0, 0, 0), 1), bytes));
    }

    [Fact]
    public void Faults_come_as_often_as_asked_for()
    {
        byte[] bytes = TestPictures.Random(1000, 1000, 1).Pixels.ToArray();
        var cable = new NoisyCable(new CableFaults(0.01, 0.02, 0.03), 5);
        byte[] arrived = Pass(cable, bytes);
        Assert.InRange(cable.Dropped, 9_700, 10_300);
        Assert.InRange(cable.Flipped, 19_300, 20_300);
        Assert.InRange(cable.Duplicated, 29_100, 30_300);
        Assert.Equal(bytes.Length - cable.Dropped + cable.Duplicated, arrived.Length);
    }

    [Fact]
    public void A_flip_turns_over_one_bit_any_of_the_eight()
    {
        byte[] bytes = TestPictures.Random(1000, 10, 1).Pixels.ToArray();
        byte[] arrived = Pass(new NoisyCable(new CableFaults(0, 1, 0), 5), bytes);
        int[] bits = [.. bytes.Zip(arrived, (sent, came) => sent ^ came)];
        Assert.All(bits, bit => Assert.True(System.Numerics.BitOperations.IsPow2(bit)));
        Assert.Equal(8, bits.Distinct().Count());
    }

    [Fact]
    public void The_same_seed_damages_the_same_bytes()
    {
        byte[] bytes = TestPictures.Random(1000, 10, 1).Pixels.ToArray();
        var faults = new CableFaults(0.05, 0.05, 0.05);
        Assert.Equal(Pass(new NoisyCable(faults, 5), bytes), Pass(new NoisyCable(faults, 5), bytes));
        Assert.NotEqual(Pass(new NoisyCable(faults, 5), bytes), Pass(new NoisyCable(faults, 6), bytes));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_is_a_part(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CableFaults(rate, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CableFaults(0, rate, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CableFaults(0, 0, rate));
    }

    /// <summary>From hardly any fault to three bytes in a hundred: a row that is shown as received is the row that was sent.</summary>
    [Theory]
    [InlineData(0.00001, 200, 80, 60)]
    [InlineData(0.0001, 200, 0, 100)]
    [InlineData(0.01, 200, 0, 0)]
    public void No_wrong_frame_is_accepted_as_good(double rate, int frames, int leastWhole, int leastMended)
    {
        PixelBuffer[] pictures = [.. Enumerable.Range(0, 7).Select(seed => TestPictures.Random(160, 120, seed))];
        var time = new FakeTimeProvider();
        var device = new VirtualDevice(
            new VirtualDoorbellOptions { IsPaced = false, Mode = SensorMode.All[1], StartTime = TimeSpan.Zero }, Scenes.Cycle(pictures),
                time);
        var sent = new Dictionary<int, byte[]>();
        device.FrameBegun += frame => sent[frame.Sequence] = TestPictures.AsSent(pictures[frame.Sequence % pictures.Length]);
        var cable = new NoisyCable(new CableFaults(rate, rate, rate), 17);
        var receiver = new LinkReceiver();
        var events = new List<LinkEvent>();
        var packet = new byte[PacketDecoder.MaxPacketBytes];
        var arrived = new ArrayBufferWriter<byte>();
        while (sent.Count < frames)
        {
            if (device.IsIdle) device.Receive([HostCommand.Capture.WireByte]);
            arrived.ResetWrittenCount();
            cable.Pass(packet.AsSpan(0, device.Take(packet)), arrived);
            receiver.Receive(arrived.WrittenSpan, time.GetUtcNow(), events);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        FrameReceived[] received = [.. events.OfType<FrameReceived>()];
        foreach (FrameReceived frame in received)
        {
            byte[] right = sent[frame.Frame.Sequence];
            for (int row = 0; row < 120; row++)
            {
                if (!frame.Frame.ConcealedRows.Contains(row))
                    Assert.Equal(right.AsSpan(row * 160, 160), frame.Frame.Pixels.Row(row));
            }
        }
        LinkStatistics statistics = receiver.Statistics;
        Assert.InRange(statistics.FramesWhole, leastWhole, frames);
        Assert.InRange(statistics.FramesConcealed, leastMended, frames);
        Assert.True(rate < 0.001 || statistics.FramesRefused > 0);
    }

    [Fact]
    public void Equal_rates_change_nothing()
    {
        byte[] bytes = TestPictures.Random(100, 3, 1).Pixels.ToArray();
        var output = new ArrayBufferWriter<byte>();
        WrongBaudRate.Receive(bytes, 1_000_000, 1_000_000, output);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(1_000_000, 1_020_000)]
    [InlineData(1_000_000, 980_000)]
    public void Two_percent_off_is_still_understood(int sender, int receiver)
    {
        byte[] bytes = TestPictures.Random(100, 3, 1).Pixels.ToArray();
        var output = new ArrayBufferWriter<byte>();
        WrongBaudRate.Receive(bytes, sender, receiver, output);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(1_000_000, 2_000_000)]
    [InlineData(1_000_000, 500_000)]
    [InlineData(500_000, 2_000_000)]
    [InlineData(2_000_000, 500_000)]
    public void At_another_rate_no_packet_is_understood(int sender, int receiver)
    {
        DeviceUnderTest door =
            new DeviceUnderTest(new VirtualDoorbellOptions { IsPaced = false }, () => TestPictures.Random(320, 240, 4)).Started();
        door.Send(HostCommand.Capture, HostCommand.Hello);
        var packet = new byte[PacketDecoder.MaxPacketBytes];
        var link = new LinkReceiver();
        var output = new ArrayBufferWriter<byte>();
        for (int length; (length = door.Device.Take(packet)) > 0;)
        {
            output.ResetWrittenCount();
            WrongBaudRate.Receive(packet.AsSpan(0, length), sender, receiver, output);
            link.Receive(output.WrittenSpan, default, new List<LinkEvent>());
        }
        Assert.Equal(0, link.Statistics.PacketsAccepted);
        Assert.True(link.Statistics.BytesReceived > 10_000);
    }

    private static byte[] Pass(NoisyCable cable, byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        cable.Pass(bytes, output);
        return output.WrittenSpan.ToArray();
    }
}
