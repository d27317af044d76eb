using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>One million inputs, random and mutated, with fixed seeds: nothing throws, nothing is lost uncounted.</summary>
public class LinkFuzzTests
{
    private const int RowsOfPicture = 24;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Half_a_million_random_inputs()
    {
        var random = new Random(20260101);
        var fuzz = new Fuzz();
        var input = new byte[96];
        for (int round = 0; round < 500_000; round++)
        {
            Span<byte> part = input.AsSpan(0, random.Next(input.Length));
            random.NextBytes(part);
            // Plenty of 00, so that most inputs end a packet, and of known types, so that a right CRC would find a reader.
            for (int i = random.Next(4); i > 0 && part.Length > 0; i--)
                part[random.Next(part.Length)] = (byte)(i == 1 ? 0x81 + random.Next(8) : 0);
            fuzz.Feed(part, random.Next(300));
        }
        fuzz.CheckCounters();
        Assert.True(fuzz.Statistics.CrcFailures > 300_000);
    }

    [Fact]
    public void A_quarter_million_packets_with_a_right_crc_and_any_body()
    {
        var random = new Random(20260102);
        var fuzz = new Fuzz();
        var body = new byte[40];
        var packet = new byte[64];
        for (int round = 0; round < 250_000; round++)
        {
            Span<byte> part = body.AsSpan(0, random.Next(body.Length));
            random.NextBytes(part);
            // Numbers with their top bits, small ones often: so that sizes, row numbers and sequences meet.
            if (random.Next(4) > 0)
            {
                for (int i = 0; i < part.Length; i++)
                    part[i] = (byte)(0x80 | random.Next(8) switch { 0 => part[i], 1 or 2 => random.Next(24), _ => 0 });
            }
            var writer = new PacketWriter(packet, (PacketType)(0x80 + random.Next(10)));
            writer.WritePixels(part);
            fuzz.Feed(packet.AsSpan(0, writer.Finish()), random.Next(40));
        }
        fuzz.CheckCounters();
        LinkStatistics statistics = fuzz.Statistics;
        Assert.Equal(250_000, statistics.PacketsAccepted);
        Assert.True(statistics.MalformedPackets > 1000 && statistics.UnknownPackets > 1000 && statistics.Presses > 1000);
        Assert.True(statistics.RowsReceived > 100, $"{statistics.RowsReceived} rows");
    }

    [Fact]
    public void A_quarter_million_mutated_pieces_of_a_real_stream()
    {
        var random = new Random(20260103);
        var fuzz = new Fuzz();
        PixelBuffer picture = FrameOnTheWire.Picture(16, RowsOfPicture, 9);
        byte[] sent = FrameOnTheWire.AsSent(picture);
        int inputs = 0;
        for (int sequence = 0; inputs < 250_000; sequence = (sequence + 1) % 16384)
        {
            List<byte[]> packets = FrameOnTheWire.Packets(sequence, picture, (FrameTrigger)random.Next(5));
            packets.Insert(random.Next(packets.Count), PacketCodec.Encode(new BellPacket(1, 1 + (sequence % 16383))));
            bool calm = random.Next(3) == 0;
            foreach (byte[] packet in packets)
            {
                fuzz.Feed(calm && random.Next(40) > 0 ? packet : Mutate(packet, random), random.Next(20));
                inputs++;
            }
        }
        fuzz.CheckCounters();
        Assert.True(fuzz.Statistics.FramesWhole > 0 && fuzz.Statistics.FramesConcealed > 0 && fuzz.Statistics.FramesRefused > 0);

        // A CRC of 16 bits lets one damaged packet in 65,536 pass: of the rows kept as whole ones, hardly any may differ from what was
        // sent.
        int wrong = fuzz.Frames.Sum(frame => WrongRows(frame, sent));
        Assert.InRange(wrong, 0, 5);
    }

    private static int WrongRows(Frame frame, byte[] sent)
    {
        if (frame.Pixels.Pixels.Length != sent.Length) return frame.Pixels.Height;
        int width = frame.Pixels.StrideBytes;
        return Enumerable.Range(0, frame.Pixels.Height)
            .Count(row => !frame.ConcealedRows.Contains(row) && !frame.Pixels.Row(row).SequenceEqual(sent.AsSpan(row * width, width)));
    }

    private static byte[] Mutate(byte[] packet, Random random)
    {
        List<byte> bytes = [.. packet];
        for (int change = random.Next(3); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, bytes[at]); break;
                case 3: bytes.Insert(at, 0); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(1, 256), random.Next(1500))); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>A receiver whose every count is checked against what it said and what it was given.</summary>
    private sealed class Fuzz
    {
        private readonly LinkReceiver _receiver = new();
        private readonly List<LinkEvent> _events = [];
        private DateTimeOffset _now = Start;
        private long _given, _refused, _bells, _rowsInEvents;

        public LinkStatistics Statistics => _receiver.Statistics;

        public List<Frame> Frames { get; } = [];

        public void Feed(ReadOnlySpan<byte> bytes, int milliseconds)
        {
            _now += TimeSpan.FromMilliseconds(milliseconds);
            _given += bytes.Length;
            _receiver.Receive(bytes, _now, _events);
            LinkStatistics statistics = _receiver.Statistics;
            if (statistics.BytesReceived != _given
                || statistics.BytesReceived != statistics.BytesInPackets + statistics.BytesDiscarded + _receiver.PendingBytes)
            {
                Assert.Fail($"after {_given} bytes: {statistics}, {_receiver.PendingBytes} pending");
            }
            Take();
        }

        public void CheckCounters()
        {
            _receiver.Disconnect(_events);
            Take();
            LinkStatistics statistics = _receiver.Statistics;
            Assert.Equal(0, _receiver.PendingBytes);
            Assert.Equal(_given, statistics.BytesInPackets + statistics.BytesDiscarded);
            Assert.Equal(Frames.Count, statistics.FramesWhole + statistics.FramesConcealed);
            Assert.Equal(Frames.Count(frame => frame.ConcealedRows.Count > 0), statistics.FramesConcealed);
            Assert.Equal(_refused, statistics.FramesRefused);
            Assert.Equal(_bells, statistics.Presses + statistics.BellRepeats);
            // Every row of every frame either came or is counted as missing.
            Assert.Equal(_rowsInEvents, statistics.RowsReceived + statistics.RowsMissing);
        }

        private void Take()
        {
            foreach (LinkEvent linkEvent in _events)
            {
                switch (linkEvent)
                {
                    case FrameReceived received:
                        Frames.Add(received.Frame);
                        _rowsInEvents += received.Frame.Pixels.Height;
                        break;
                    case FrameRefused refused:
                        _refused++;
                        _rowsInEvents += int.Parse(refused.Reason.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
                        break;
                    case BellReceived:
                        _bells++;
                        break;
                    default:
                        break;
                }
            }
            _events.Clear();
        }
    }
}
