using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>The same files are read by the firmware's tests: what passes here and there speaks the same protocol.</summary>
public class LinkVectorTests
{
    [Fact]
    public void The_files_hold_every_packet_type_and_every_command()
    {
        Assert.Equal(
            ["ACK", "BELL", "FRAME_END", "FRAME_START", "HELLO", "LINE", "LOG", "ROW", "STATUS"],
            LinkVectors.Packets.Select(packet => packet.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(38, LinkVectors.Commands.Select(command => command.Code).Distinct().Count());
    }

    [Fact]
    public void Fields_become_exactly_these_bytes()
    {
        foreach (PacketVector vector in LinkVectors.Packets)
            Assert.Equal(Convert.ToHexString(vector.Bytes), Convert.ToHexString(Encode(vector)));
    }

    [Fact]
    public void Bytes_become_exactly_these_fields()
    {
        foreach (PacketVector vector in LinkVectors.Packets)
        {
            var statistics = new LinkStatistics();
            ReadOnlySpan<byte> input = vector.Bytes;
            Assert.True(new PacketDecoder(statistics).TryRead(ref input, out PacketType type, out ReadOnlySpan<byte> body));
            Assert.True(input.IsEmpty);
            Assert.Equal(vector.Type.Replace("_", "", StringComparison.Ordinal), type.ToString().ToUpperInvariant());
            Check(vector, type, body);
        }
    }

    [Fact]
    public void Every_command_has_its_byte_in_both_directions()
    {
        foreach ((int code, byte wireByte) in LinkVectors.Commands)
        {
            Assert.True(HostCommand.TryParse(wireByte, out HostCommand command));
            Assert.Equal(code, command.Code);
            Assert.Equal(wireByte, command.WireByte);
        }
    }

    [Fact]
    public void No_other_byte_is_a_command()
    {
        var known = LinkVectors.Commands.Select(command => command.WireByte).ToHashSet();
        for (int value = 0; value < 256; value++) Assert.Equal(known.Contains((byte)value), HostCommand.TryParse((byte)value, out _));
    }

    private static byte[] Encode(PacketVector v)
    {
        if (v.Type == "ROW")
        {
            var target = new byte[PacketDecoder.MaxPacketBytes];
            return target[..RowPacket.Encode(v["sequence"], v["row"], v.Pixels, target)];
        }
        return v.Type switch
        {
            "HELLO" => PacketCodec.Encode(Hello(v)),
            "FRAME_START" => PacketCodec.Encode(FrameStart(v)),
            "FRAME_END" => PacketCodec.Encode(FrameEnd(v)),
            "BELL" => PacketCodec.Encode(new BellPacket(v["boot"], v["press"])),
            "STATUS" => PacketCodec.Encode(Status(v)),
            "LINE" => PacketCodec.Encode(new LinePacket(v["number"], v["count"])),
            "LOG" => PacketCodec.Encode(new LogPacket((LogSeverity)v["severity"], (LogCode)v["code"], v.Fields["text"])),
            "ACK" => PacketCodec.Encode(new AckPacket(v["command"], (AckResult)v["result"])),
            _ => throw new InvalidDataException($"packets.hex holds a {v.Type}, which this test does not know."),
        };
    }

    private static void Check(PacketVector v, PacketType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case PacketType.Row:
                Assert.True(RowPacket.TryDecode(body, out RowPacket row));
                Assert.Equal(v["sequence"] % 128, row.SequenceLow);
                Assert.Equal(v["row"], row.RowIndex);
                Assert.Equal(v.Pixels.Select(pixel => Math.Max(pixel, (byte)1)), row.Pixels.ToArray());
                break;
            case PacketType.Hello: CheckDecodes(Hello(v), body); break;
            case PacketType.FrameStart: CheckDecodes(FrameStart(v), body); break;
            case PacketType.FrameEnd: CheckDecodes(FrameEnd(v), body); break;
            case PacketType.Bell: CheckDecodes(new BellPacket(v["boot"], v["press"]), body); break;
            case PacketType.Status: CheckDecodes(Status(v), body); break;
            case PacketType.Log: CheckDecodes(new LogPacket((LogSeverity)v["severity"], (LogCode)v["code"], v.Fields["text"]), body); break;
            case PacketType.Ack: CheckDecodes(new AckPacket(v["command"], (AckResult)v["result"]), body); break;
            case PacketType.Line: CheckDecodes(new LinePacket(v["number"], v["count"]), body); break;
            default: Assert.Fail(type.ToString()); break;
        }
    }

    private static void CheckDecodes<T>(T expected, ReadOnlySpan<byte> body)
        where T : struct, IPacket<T>
    {
        Assert.True(PacketCodec.TryDecode(body, out T found));
        Assert.Equal(expected, found);
    }

    private static HelloPacket Hello(PacketVector v) => new(
        v["protocol_major"], v["protocol_minor"], v["firmware_major"], v["firmware_minor"], v["firmware_patch"], (BoardKind)v["board"],
            v["boot"],
        v["reset_cause"], v["sensor_pid"], v["sensor_ver"], v["mode"], v["width"], v["height"], v["format"], v["clkrc"], v["baud"],
            (DeviceCapabilities)v["capabilities"], v["number"]);

    private static FrameStartPacket FrameStart(PacketVector v) => new(
        v["sequence"], v["mode"], v["width"], v["height"], v["format"], v["trigger"], v["flags"]);

    private static FrameEndPacket FrameEnd(PacketVector v) => new(
        v["sequence"], v["rows_sent"], v["overruns"], v["timeouts"], v["exposure"], v["gain"]);

    private static StatusPacket Status(PacketVector v) => new(
        v["uptime"], v["frames"], v["overruns"], v["timeouts"], v["presses"], v["motion"], v["ignored"], (SensorChecks)v["run"],
            (SensorChecks)v["passed"], v["supply"]);
}
