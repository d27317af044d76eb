using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Simulation.VirtualDoorbell;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Testing;

/// <summary>A virtual device with a clock that the test moves, and a receiver that listens to it.</summary>
public sealed class DeviceUnderTest
{
    private readonly byte[] _packet = new byte[PacketDecoder.MaxPacketBytes];
    private readonly LinkReceiver _receiver = new();

    public DeviceUnderTest(VirtualDoorbellOptions? options = null, Func<PixelBuffer>? scene = null) =>
        Device = new VirtualDevice(options ?? new VirtualDoorbellOptions(), scene ?? (() => Scenes.EmptyPorch), Time);

    public FakeTimeProvider Time { get; } = new();

    public VirtualDevice Device { get; }

    public LinkStatistics Statistics => _receiver.Statistics;

    /// <summary>Lets the device start and forgets what it said.</summary>
    public DeviceUnderTest Started()
    {
        Pass(TimeSpan.FromSeconds(1));
        return this;
    }

    public void Send(params HostCommand[] commands) => Device.Receive([.. commands.Select(command => command.WireByte)]);

    /// <summary>What the device says now, without time passing.</summary>
    public List<LinkEvent> Take()
    {
        var events = new List<LinkEvent>();
        for (int length; (length = Device.Take(_packet)) > 0;) _receiver.Receive(_packet.AsSpan(0, length), Time.GetUtcNow(), events);
        return events;
    }

    /// <summary>What it says while time passes, looked at in steps of a millisecond.</summary>
    public List<LinkEvent> Pass(TimeSpan span)
    {
        var events = new List<LinkEvent>();
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(1))
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
            events.AddRange(Take());
        }
        return events;
    }
}
