using DoorbellFace.Adapters.Serial;
using DoorbellFace.Application;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Serial;

public class RecordingLinkTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Both_directions_are_recorded_and_passed_on()
    {
        using var file = new MemoryStream();
        await using (var cable = new InMemoryCable())
        {
            using var recorder = new LinkRecorder(file, "test", _time, NullLogger.Instance);
            var link = new RecordingByteLink(cable.HostEnd, recorder);
            await cable.DeviceEnd.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
            var buffer = new byte[16];
            Assert.Equal(3, await link.ReadAsync(buffer, CancellationToken.None));
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await link.WriteAsync(new byte[] { 0xE8 }, CancellationToken.None);
            Assert.Equal(1, await cable.DeviceEnd.ReadAsync(buffer, CancellationToken.None));
            Assert.Equal(4, recorder.Bytes);
        }
        Assert.True(RecordingReader.TryOpen(file.ToArray(), out RecordingReader? reader, out _));
        RecordedChunk first = reader!.Read()!, second = reader.Read()!;
        Assert.Equal((true, 3), (first.FromDevice, first.Bytes.Length));
        Assert.Equal((false, 0xE8), (second.FromDevice, second.Bytes.Span[0]));
        Assert.Equal(TimeSpan.FromMilliseconds(250), second.At - first.At);
        Assert.Null(reader.Read());
    }

    [Fact]
    public void A_recording_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();

        LinkRecorder.Create(folder["door.dbr"], _time, NullLogger.Instance).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["door.dbr"]));
        Assert.Throws<DoorbellException>(() => LinkRecorder.Create(folder["door.dbr"], _time, NullLogger.Instance));
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_not_the_link()
    {
        var log = new RecordingLogger();
        await using var cable = new InMemoryCable();
        using var recorder = new LinkRecorder(new FullDisk(bytesLeft: 50), "kept.dbr", _time, log);
        var link = new RecordingByteLink(cable.HostEnd, recorder);
        var buffer = new byte[64];
        for (int i = 0; i < 5; i++)
        {
            await cable.DeviceEnd.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
            Assert.Equal(3, await link.ReadAsync(buffer, CancellationToken.None));
        }
        Assert.True(recorder.HasStopped);
        Assert.Equal(3, recorder.Bytes);
        Assert.Contains("kept.dbr", Assert.Single(log.Warnings));
    }

    [Fact]
    public void What_is_recorded_is_on_the_disk_after_a_second()
    {
        var disk = new FullDisk(bytesLeft: 1000);
        using var recorder = new LinkRecorder(disk, "test", _time, NullLogger.Instance);
        recorder.Write(fromDevice: true, [1]);
        Assert.Equal(0, disk.Flushes);
        _time.Advance(TimeSpan.FromSeconds(1));
        recorder.Write(fromDevice: true, [1]);
        recorder.Write(fromDevice: true, [1]);
        Assert.Equal(1, disk.Flushes);
    }

    [Fact]
    public void A_recording_cut_at_any_byte_replays_up_to_the_cut()
    {
        DeviceUnderTest door = new DeviceUnderTest(
            new VirtualDoorbellOptions { IsPaced = false, Mode = SensorMode.All[1] }, () => TestPictures.Random(160, 120, 1)).Started();
        door.Send(HostCommand.Capture);
        door.Device.Press();
        byte[] stream = TakeBytes(door.Device, packets: 150);
        using var file = new MemoryStream();
        var writer = new RecordingWriter(file, _time.GetUtcNow());
        foreach (byte[] piece in stream.Chunk(997)) writer.Write(_time.GetUtcNow(), fromDevice: true, piece);
        byte[] whole = file.ToArray();
        for (int cut = 16; cut <= whole.Length; cut += cut < 1200 ? 1 : 997)
        {
            Assert.True(RecordingReader.TryOpen(whole[..cut], out RecordingReader? reader, out _));
            List<byte> bytes = [];
            while (reader!.Read() is { } chunk) bytes.AddRange(chunk.Bytes.Span);
            Assert.Equal(stream[..bytes.Count], bytes);
            Assert.InRange(bytes.Count, (cut - 32) * 0.95, cut);
        }
    }

    [Fact]
    public void A_recording_that_is_there_is_not_overwritten() =>
        Assert.Contains(
            "already there",
            Assert.Throws<DoorbellException>(() =>
                LinkRecorder.Create(Repository.Fixture("link-vectors/packets.hex"), _time, NullLogger.Instance)).Message);

    private static byte[] TakeBytes(VirtualDevice device, int packets)
    {
        var bytes = new List<byte>();
        var packet = new byte[PacketDecoder.MaxPacketBytes];
        for (int i = 0; i < packets; i++) bytes.AddRange(packet[..device.Take(packet)]);
        return [.. bytes];
    }

    private sealed class FullDisk(int bytesLeft) : MemoryStream
    {
        private int _bytesLeft = bytesLeft;

        public int Flushes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _bytesLeft -= buffer.Length;
            if (_bytesLeft < 0) throw new IOException("No space left on device");
            base.Write(buffer);
        }

        public override void Flush() => Flushes++;
    }
}
