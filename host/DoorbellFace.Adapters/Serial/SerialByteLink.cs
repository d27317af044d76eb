using System.Globalization;
using System.IO.Ports;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Bytes of a serial port. One reader and one writer at a time. A port that goes away reads as 0 bytes, never as an exception.
/// </summary>
public sealed class SerialByteLink : IBaudRateLink
{
    /// <summary>
    /// The kernel hands bytes over in pieces of about a hundred. Waiting this long after the first piece gathers them, so that a frame
    /// takes some hundred reads instead of some thousand; it is far below the 54 ms between two frames in which commands are sent.
    /// </summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(4);

    private readonly SerialPort _port;
    private readonly Stream _stream;
    private readonly PortReader _reader;
    private int _isGone, _isClosed;

    private SerialByteLink(SerialPort port, PortReader reader)
    {
        _port = port;
        _stream = port.BaseStream;
        _reader = reader;
    }

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{_port.PortName} at {BaudRateBitsPerSecond:N0} bit/s");

    /// <inheritdoc/>
    public int BaudRateBitsPerSecond { get; private set; }

    /// <summary>Opens a port: 8 data bits, no parity, 1 stop bit, no flow control.</summary>
    /// <exception cref="LinkUnavailableException">There is no such port, it may not be opened, it is in use, or it is no serial
    /// port.</exception>
    public static SerialByteLink Open(string portPath, int baudRateBitsPerSecond)
    {
        if (PortTrouble.BeforeOpening(portPath) is { } trouble) throw trouble;
        IReadOnlySet<int> before = PortLock.DescriptorsOf(portPath);
        var port = new SerialPort(portPath, baudRateBitsPerSecond, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None, WriteTimeout = 2000,
        };
        try
        {
            port.Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            port.Dispose();
            throw PortTrouble.WhenOpening(portPath, baudRateBitsPerSecond, error);
        }
        PortReader reader;
        try
        {
            if (!PortLock.TryTake(portPath, before, out int descriptor)) throw PortTrouble.InUse(portPath, PortUsers.Of(portPath));
            reader = new PortReader(descriptor);
        }
        catch (IOException error)
        {
            port.Dispose();
            throw PortTrouble.WhenOpening(portPath, baudRateBitsPerSecond, error);
        }
        catch
        {
            port.Dispose();
            throw;
        }
        // Boards with USB of their own send only while DTR is set; an Uno takes its rising as a reset. Pseudo-terminals have no such line.
        TryIgnoringMissingLine(() => port.DtrEnable = true);
        TryIgnoringMissingLine(() => port.RtsEnable = true);
        return new SerialByteLink(port, reader) { BaudRateBitsPerSecond = baudRateBitsPerSecond };
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isGone) != 0) return 0;
        try
        {
            int length = await _reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (length == 0) Volatile.Write(ref _isGone, 1);
            if (length == 0 || length == buffer.Length) return length;
            await Task.Delay(GatherTime, cancellationToken).ConfigureAwait(false);
            while (length < buffer.Length && _port.BytesToRead > 0)
            {
                int more = await _reader.ReadAsync(buffer[length..], cancellationToken).ConfigureAwait(false);
                if (more == 0) break;
                length += more;
            }
            return length;
        }
        catch (Exception error) when (IsGone(error) && !cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _isGone, 1);
            return 0;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isGone) != 0) return;
        try
        {
            // A write to a port that has just gone may never end, like a read.
            await _stream.WriteAsync(bytes, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsGone(error) && !cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _isGone, 1);
        }
    }

    /// <inheritdoc/>
    public bool TrySetBaudRate(int baudRateBitsPerSecond)
    {
        if (Volatile.Read(ref _isGone) != 0) return false;
        try
        {
            _port.BaudRate = baudRateBitsPerSecond;
            BaudRateBitsPerSecond = baudRateBitsPerSecond;
            return true;
        }
        catch (Exception error) when (IsGone(error) || error is ArgumentException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        Volatile.Write(ref _isGone, 1);
        // Nobody may be waiting for a descriptor when it is closed: its number is given out again.
        await _reader.DisposeAsync().ConfigureAwait(false);
        try
        {
            _port.Dispose();
        }
        catch (Exception error) when (IsGone(error))
        {
            // A port that was pulled complains about being closed.
        }
    }

    /// <summary>
    /// What System.IO.Ports throws on Linux when the cable is pulled, measured: it depends on the driver and on what was under way.
    /// </summary>
    private static bool IsGone(Exception error) =>
        error is IOException or ObjectDisposedException or InvalidOperationException or UnauthorizedAccessException
            or OperationCanceledException
            or TimeoutException;

    private static void TryIgnoringMissingLine(Action setting)
    {
        try
        {
            setting();
        }
        catch (Exception error) when (IsGone(error))
        {
            // The port has no such line.
        }
    }
}
