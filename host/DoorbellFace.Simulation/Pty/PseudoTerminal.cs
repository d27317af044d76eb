using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Simulation.Pty;

/// <summary>
/// A pseudo-terminal of Linux: programs open <see cref="PortPath"/> as they would a serial port, and this is the device's end of it.
/// It knows when a host opens and closes the port and at which baud rate: at another than the device's, bytes are garbled in both
/// directions as on a real wire. Holds its own descriptor of the port, so that a host may come and go. Reading: one reader at a time;
/// writing: one writer at a time.
/// </summary>
public sealed partial class PseudoTerminal : IDeviceLine
{
    /// <summary>
    /// The kernel holds some KB for a host that does not read; then bytes are lost. Not at once: a host on a busy computer is given the
    /// time that the larger buffer of a real port would give it.
    /// </summary>
    private const int StallMilliseconds = 2000;

    /// <summary>Without a host bytes are lost at once; a device that sends without pace must not keep a processor busy with that.</summary>
    private static readonly TimeSpan DesertedPause = TimeSpan.FromMilliseconds(1);

    private readonly int _baudRate;
    private readonly Channel<byte[]> _fromHost =
        Channel.CreateBounded<byte[]>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly ArrayBufferWriter<byte> _garbled = new();
    private readonly int _master, _slave, _watch, _wake;
    private readonly Thread _watcher;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly string? _symlinkPath;
    private ReadOnlyMemory<byte> _unread;
    private int _hosts, _isDisposed;
    private bool _nobodyReads;
    private long _bytesLost;

    private PseudoTerminal(int master, int slave, string slavePath, int baudRateBitsPerSecond, string? symlinkPath)
    {
        (_master, _slave, SlavePath, _baudRate, _symlinkPath) = (master, slave, slavePath, baudRateBitsPerSecond, symlinkPath);
        PortPath = symlinkPath ?? slavePath;
        HostBaudRateBitsPerSecond = baudRateBitsPerSecond;
        _wake = Checked(LibC.EventDescriptor(0, LibC.OpenNonBlocking | LibC.OpenCloseOnExec), "eventfd");
        // Without inotify (a limit of the system) only the news of opening and closing is missing.
        _watch = LibC.InotifyStart(LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (_watch >= 0) _ = LibC.InotifyWatch(_watch, slavePath, LibC.InotifyOpen | LibC.InotifyCloseWrite | LibC.InotifyCloseNoWrite);
        _watcher = new Thread(Watch) { IsBackground = true, Name = "pseudo-terminal" };
        _watcher.Start();
    }

    /// <summary>
    /// A host has opened the port (on an Uno this pulls the reset pin). Told by the thread that watches the line: take little time.
    /// </summary>
    public event Action? HostOpened;

    /// <summary>The last host has closed the port.</summary>
    public event Action? HostClosed;

    /// <summary>What a host opens: the symbolic link if one was asked for, or the terminal itself.</summary>
    public string PortPath { get; }

    /// <summary>The terminal itself: "/dev/pts/7".</summary>
    public string SlavePath { get; }

    /// <summary>Whether a host's coming and going is seen; only where the system has no inotify left it is not.</summary>
    public bool SeesHosts => _watch >= 0;

    /// <summary>A host has the port open.</summary>
    public bool IsHostOpen => Volatile.Read(ref _hosts) > 0;

    /// <summary>Bytes that nobody was there to read.</summary>
    public long BytesLost => Interlocked.Read(ref _bytesLost);

    /// <summary>The baud rate that the host has set; at first the device's own.</summary>
    public unsafe int HostBaudRateBitsPerSecond
    {
        get
        {
            LibC.Settings2 settings;
            return LibC.Control(_slave, LibC.GetSettings2, &settings) == 0 ? (int)settings.OutputSpeed : _baudRate;
        }
        private init
        {
            LibC.Settings2 settings;
            if (LibC.Control(_slave, LibC.GetSettings2, &settings) != 0) return;
            settings.ControlFlags = (settings.ControlFlags & ~LibC.BaudMask) | LibC.BaudIsNumber;
            settings.InputSpeed = settings.OutputSpeed = (uint)value;
            _ = LibC.Control(_slave, LibC.SetSettings2, &settings);
        }
    }

    /// <summary>Opens a new pseudo-terminal in raw mode.</summary>
    /// <param name="baudRateBitsPerSecond">The device's speed.</param>
    /// <param name="symlinkPath">Where a symbolic link to it is put, to have a name that stays; a link already there is replaced.</param>
    /// <exception cref="IOException">The system has no pseudo-terminal to give, or the link cannot be made: something else is
    /// there.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static unsafe PseudoTerminal Open(int baudRateBitsPerSecond, string? symlinkPath = null)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("The virtual doorbell needs Linux: it uses a pseudo-terminal.");
        int master =
            Checked(LibC.OpenMaster(LibC.OpenReadWrite | LibC.OpenNoControllingTerminal | LibC.OpenCloseOnExec | LibC.OpenNonBlocking),
                "posix_openpt");
        int slave = -1;
        try
        {
            Checked(LibC.Grant(master), "grantpt");
            Checked(LibC.Unlock(master), "unlockpt");
            byte* name = stackalloc byte[256];
            if (LibC.SlaveName(master, name, 256) != 0) throw new IOException("The new pseudo-terminal has no name.");
            string slavePath = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
            slave = Checked(LibC.Open(slavePath, LibC.OpenReadWrite | LibC.OpenNoControllingTerminal | LibC.OpenCloseOnExec),
                $"open {slavePath}");
            // struct termios is 60 bytes here; 256 are enough on any Linux.
            byte* settings = stackalloc byte[256];
            Checked(LibC.GetSettings(slave, settings), "tcgetattr");
            LibC.MakeRaw(settings);
            Checked(LibC.SetSettings(slave, LibC.ApplyNow, settings), "tcsetattr");
            if (symlinkPath is not null) PutLink(symlinkPath, slavePath);
            return new PseudoTerminal(master, slave, slavePath, baudRateBitsPerSecond, symlinkPath);
        }
        catch
        {
            _ = LibC.Close(master);
            if (slave >= 0) _ = LibC.Close(slave);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_unread.IsEmpty)
        {
            if (!await _fromHost.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) return 0;
            if (_fromHost.Reader.TryRead(out byte[]? bytes)) _unread = AsDeviceReads(bytes);
        }
        int length = Math.Min(buffer.Length, _unread.Length);
        _unread[..length].CopyTo(buffer);
        _unread = _unread[length..];
        return length;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _isDisposed) == 0) await WriteToHostAsync(bytes, cancellationToken).ConfigureAwait(false);
            else Interlocked.Add(ref _bytesLost, bytes.Length);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        if (_symlinkPath is not null) RemoveLink(_symlinkPath, SlavePath);
        WakeWatcher();
        // Elsewhere, because this may be called from one of the events, which are the watcher's own thread.
        await Task.Run(_watcher.Join).ConfigureAwait(false);
        _fromHost.Writer.TryComplete();
        // Nobody may be writing to a descriptor when it is closed: its number is given out again.
        await _writing.WaitAsync().ConfigureAwait(false);
        _writing.Release();
        CloseAll();
    }

    private void CloseAll()
    {
        foreach (int descriptor in (ReadOnlySpan<int>)[_master, _slave, _watch, _wake])
        {
            if (descriptor >= 0) _ = LibC.Close(descriptor);
        }
    }

    private async Task WriteToHostAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (SeesHosts && !IsHostOpen)
        {
            Interlocked.Add(ref _bytesLost, bytes.Length);
            await Task.Delay(DesertedPause, cancellationToken).ConfigureAwait(false);
            return;
        }
        int hostRate = HostBaudRateBitsPerSecond;
        if (hostRate != _baudRate)
        {
            _garbled.ResetWrittenCount();
            WrongBaudRate.Receive(bytes.Span, _baudRate, hostRate, _garbled);
            bytes = _garbled.WrittenMemory;
        }
        bytes = bytes[WriteNow(bytes.Span)..];
        if (bytes.IsEmpty)
        {
            _nobodyReads = false;
            return;
        }
        int patience = _nobodyReads ? 1 : StallMilliseconds;
        ReadOnlyMemory<byte> rest = bytes;
        int written = await Task.Run(() => WriteWaiting(rest, patience, cancellationToken), cancellationToken).ConfigureAwait(false);
        _nobodyReads = written < rest.Length;
        Interlocked.Add(ref _bytesLost, rest.Length - written);
    }

    private ReadOnlyMemory<byte> AsDeviceReads(byte[] bytes)
    {
        int hostRate = HostBaudRateBitsPerSecond;
        if (hostRate == _baudRate) return bytes;
        var garbled = new ArrayBufferWriter<byte>();
        WrongBaudRate.Receive(bytes, hostRate, _baudRate, garbled);
        return garbled.WrittenMemory;
    }

    private static void PutLink(string symlinkPath, string target)
    {
        var link = new FileInfo(symlinkPath);
        if (link.LinkTarget is not null) link.Delete();
        else if (link.Exists || Directory.Exists(symlinkPath))
            throw new IOException($"'{symlinkPath}' is already there and is no symbolic link; it is left as it is. Choose another path.");
        File.CreateSymbolicLink(symlinkPath, target);
    }

    private static void RemoveLink(string symlinkPath, string target)
    {
        var link = new FileInfo(symlinkPath);
        if (link.LinkTarget == target) link.Delete();
    }

    private static int Checked(int result, string call) =>
        result >= 0 ? result : throw new IOException($"{call} failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
}
