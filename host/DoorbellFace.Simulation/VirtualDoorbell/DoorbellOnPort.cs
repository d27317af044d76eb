using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Pty;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// A virtual doorbell behind a serial port of its own, which is a pseudo-terminal: what a host takes for a board on a cable.
/// </summary>
public sealed class DoorbellOnPort : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task? _running;

    /// <summary>Opens the port. The doorbell does nothing before <see cref="Start"/>.</summary>
    /// <param name="options">What the doorbell is; its seed is also the seed of the cable's faults.</param>
    /// <param name="scene">What its camera looks at.</param>
    /// <param name="time">Its clock, and the clock of the wire.</param>
    /// <param name="faults">What the cable does to bytes, in both directions; null for a good one.</param>
    /// <param name="linkPath">Where a symbolic link to the port is put; null for none.</param>
    /// <param name="resetsOnOpening">Opening the port resets the board, as it does an Uno.</param>
    /// <exception cref="IOException">The port or the link cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The link may not be put there.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no pseudo-terminals.</exception>
    public DoorbellOnPort(
        VirtualDoorbellOptions options, Func<PixelBuffer> scene, TimeProvider time, CableFaults? faults = null, string? linkPath = null,
            bool resetsOnOpening = false)
    {
        Terminal = PseudoTerminal.Open(options.BaudRateBitsPerSecond, linkPath);
        Device = new VirtualDevice(options, scene, time);
        if (resetsOnOpening) Terminal.HostOpened += Device.Reset;
        Runner = new DeviceRunner(Device, Terminal, time, faults, options.Seed);
    }

    /// <summary>The port's other end.</summary>
    public PseudoTerminal Terminal { get; }

    /// <summary>The doorbell.</summary>
    public VirtualDevice Device { get; }

    /// <summary>What joins both, with its counts.</summary>
    public DeviceRunner Runner { get; }

    /// <summary>Opens the port and starts the doorbell at once; the parameters are the constructor's.</summary>
    public static DoorbellOnPort Started(
        VirtualDoorbellOptions options, Func<PixelBuffer> scene, CableFaults? faults = null, string? linkPath = null, bool resetsOnOpening =
            false) =>
        new DoorbellOnPort(options, scene, TimeProvider.System, faults, linkPath, resetsOnOpening).Start();

    /// <summary>Starts the doorbell.</summary>
    public DoorbellOnPort Start()
    {
        _running ??= Runner.RunAsync(_stop.Token);
        return this;
    }

    /// <summary>Stops the doorbell; the port stays. Throws what ended it before, if something did.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is not null) await _running.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Terminal.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
