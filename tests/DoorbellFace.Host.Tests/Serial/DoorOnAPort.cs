using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Simulation.Pty;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Host.Tests.Serial;

/// <summary>A virtual doorbell on a real pseudo-terminal. Real time: what is waited for is an event, never a while.</summary>
internal sealed class DoorOnAPort : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public DoorOnAPort(VirtualDoorbellOptions options, Func<PixelBuffer> scene, CableFaults? faults = null, string? linkPath = null, bool resetsOnOpening = false)
    {
        Terminal = PseudoTerminal.Open(options.BaudRateBitsPerSecond, linkPath);
        Device = new VirtualDevice(options, scene, TimeProvider.System);
        if (resetsOnOpening) Terminal.HostOpened += Device.Reset;
        _running = new DeviceRunner(Device, Terminal, TimeProvider.System, faults, seed: 3).RunAsync(_stop.Token);
    }

    /// <summary>Starts at once and sends as fast as it is read.</summary>
    public static VirtualDoorbellOptions Fast { get; } = new() { IsPaced = false, StartTime = TimeSpan.Zero };

    public PseudoTerminal Terminal { get; }

    public VirtualDevice Device { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await Terminal.DisposeAsync();
        _stop.Dispose();
    }
}
