using System.Buffers;
using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>
/// Joins a <see cref="VirtualDevice"/> to a line: bytes leave at the pace of the wire, commands come in, faults of the cable are added.
/// </summary>
public sealed class DeviceRunner
{
    private const double BitsPerByte = 10;

    /// <summary>
    /// Timers are late by a millisecond or so; a wire that fell behind by no more than this catches up instead of getting slower.
    /// </summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(20);

    /// <summary>Shorter waits than a timer can keep are left out; the next one makes up for them.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly VirtualDevice _device;
    private readonly IDeviceLine _line;
    private readonly TimeProvider _time;
    private readonly NoisyCable? _toHost;
    private readonly NoisyCable? _toDevice;
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? _woken;
    private long _bytesSent;

    /// <summary>Joins them.</summary>
    /// <param name="device">The device.</param>
    /// <param name="line">Its end of the line; the caller disposes of it.</param>
    /// <param name="time">The clock of the wire.</param>
    /// <param name="faults">What the cable does to bytes, in both directions; null for a good one.</param>
    /// <param name="seed">Seed of the faults.</param>
    public DeviceRunner(VirtualDevice device, IDeviceLine line, TimeProvider time, CableFaults? faults = null, int seed = 1)
    {
        _device = device;
        _line = line;
        _time = time;
        _toHost = faults is null ? null : new NoisyCable(faults, seed);
        _toDevice = faults is null ? null : new NoisyCable(faults, seed + 1);
    }

    /// <summary>Bytes that the device has sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>The cable from the device, with its counts; null for a good one.</summary>
    public NoisyCable? CableToHost => _toHost;

    /// <summary>Runs until cancelled or until the line is closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _device.Woken += Wake;
        try
        {
            Task sending = SendAsync(stop.Token), receiving = ReceiveAsync(stop.Token);
            Task first = await Task.WhenAny(sending, receiving).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await Quietly(first == sending ? receiving : sending).ConfigureAwait(false);
            await Quietly(first).ConfigureAwait(false);
        }
        finally
        {
            _device.Woken -= Wake;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var packet = new byte[PacketDecoder.MaxPacketBytes];
        var damaged = new ArrayBufferWriter<byte>();
        long madeAt = _time.GetTimestamp();
        TimeSpan wireIsFreeAt = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            int length = _device.Take(packet);
            if (length == 0)
            {
                await WaitAsync(_device.NextDue(), cancellationToken).ConfigureAwait(false);
                continue;
            }
            if (_device.Options.IsPaced)
            {
                TimeSpan now = _time.GetElapsedTime(madeAt), earliest = now - CatchUp;
                if (wireIsFreeAt < earliest) wireIsFreeAt = earliest < TimeSpan.Zero ? TimeSpan.Zero : earliest;
                wireIsFreeAt += TimeSpan.FromSeconds(length * BitsPerByte / _device.Options.BaudRateBitsPerSecond);
                if (wireIsFreeAt - now >= ShortestWait)
                    await Task.Delay(wireIsFreeAt - now, _time, cancellationToken).ConfigureAwait(false);
            }
            ReadOnlyMemory<byte> bytes = packet.AsMemory(0, length);
            if (_toHost is not null)
            {
                damaged.ResetWrittenCount();
                _toHost.Pass(bytes.Span, damaged);
                bytes = damaged.WrittenMemory;
            }
            await _line.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _bytesSent, length);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        var damaged = new ArrayBufferWriter<byte>();
        while (true)
        {
            int length = await _line.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (length == 0) return;
            ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, length);
            if (_toDevice is not null)
            {
                damaged.ResetWrittenCount();
                _toDevice.Pass(bytes.Span, damaged);
                bytes = damaged.WrittenMemory;
            }
            _device.Receive(bytes.Span);
        }
    }

    /// <summary>Waits until something is due by the clock or comes from outside.</summary>
    private async Task WaitAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        if (due <= TimeSpan.Zero) return;
        // A wait that the clock ended is kept for the next time: the channel must not collect waiters.
        _woken ??= _wake.Reader.WaitToReadAsync(cancellationToken).AsTask();
        if (!_woken.IsCompleted)
        {
            using var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // A wait of a whole minute is as good as for ever: the loop asks again.
            TimeSpan wait = due < TimeSpan.FromMinutes(1) ? due : TimeSpan.FromMinutes(1);
            await Task.WhenAny(_woken, Task.Delay(wait, _time, timeIsUp.Token)).ConfigureAwait(false);
            await timeIsUp.CancelAsync().ConfigureAwait(false);
        }
        cancellationToken.ThrowIfCancellationRequested();
        if (!_woken.IsCompleted) return;
        _woken = null;
        _wake.Reader.TryRead(out _);
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private static async Task Quietly(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }
}
