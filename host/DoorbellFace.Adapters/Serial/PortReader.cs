using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Reads an open port by its descriptor, and sleeps until bytes come. The reading of System.IO.Ports 10.0 asks the system every millisecond
/// instead, which takes a twentieth of a core from a doorbell at rest, and a read of it that begins after the port has gone never ends. One
/// reader at a time.
/// </summary>
internal sealed partial class PortReader : IAsyncDisposable
{
    private const short Readable = 1, Gone = 8 | 16 | 32;
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000, TryAgain = 11, Interrupted = 4;

    private readonly int _port, _wake;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _asked = new(0);
    private Request? _request;
    private volatile bool _isClosing;

    /// <summary>Reads a port.</summary>
    /// <param name="descriptor">The open port; it stays the caller's, who closes it after this is disposed of.</param>
    /// <exception cref="IOException">The system has no descriptor left to be woken by.</exception>
    public PortReader(int descriptor)
    {
        _port = descriptor;
        _wake = EventDescriptor(0, NonBlocking | CloseOnExec);
        if (_wake < 0) throw new IOException("The system has no descriptor left.");
        _thread = new Thread(Work) { IsBackground = true, Name = ThreadName };
        _thread.Start();
    }

    /// <summary>The name of the thread that waits for bytes.</summary>
    public const string ThreadName = "port reader";

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many came; 0 when the port has gone.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isClosing) return 0;
        var request = new Request(buffer, cancellationToken);
        Volatile.Write(ref _request, request);
        _asked.Release();
        // A byte that comes in the moment of the cancelling is read into a buffer that nobody looks at: whoever cancels closes the port.
        using CancellationTokenRegistration registration = cancellationToken.Register(Wake);
        return await request.Length.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isClosing) return;
        _isClosing = true;
        _asked.Release();
        Wake();
        // The thread may be the caller's own continuation's; it is not waited for on itself.
        await Task.Run(_thread.Join).ConfigureAwait(false);
        _ = Close(_wake);
        _asked.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _asked.Wait();
            if (Interlocked.Exchange(ref _request, null) is { } request) Serve(request);
            if (_isClosing) return;
        }
    }

    private void Serve(Request request)
    {
        int length = Read(request);
        if (length >= 0) request.Length.TrySetResult(length);
        else request.Length.TrySetCanceled(request.Cancelled);
    }

    /// <returns>The bytes read, 0 when the port has gone, -1 when it was cancelled.</returns>
    private unsafe int Read(Request request)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        while (true)
        {
            if (_isClosing) return 0;
            if (request.Cancelled.IsCancellationRequested) return -1;
            entries[0] = new PollEntry { Descriptor = _port, Wanted = Readable };
            entries[1] = new PollEntry { Descriptor = _wake, Wanted = Readable };
            if (Poll(entries, 2, -1) < 0)
            {
                if (Marshal.GetLastPInvokeError() == Interrupted) continue;
                return 0;
            }
            if (entries[1].Seen != 0) Calm();
            if ((entries[0].Seen & (Readable | Gone)) == 0) continue;
            nint length;
            fixed (byte* start = request.Buffer.Span) length = Read(_port, start, (nuint)request.Buffer.Length);
            if (length >= 0) return (int)length;
            if (Marshal.GetLastPInvokeError() is not (TryAgain or Interrupted)) return 0;
            // Nothing to read, and nothing will come any more.
            if ((entries[0].Seen & Gone) != 0) return 0;
        }
    }

    private unsafe void Wake()
    {
        ulong one = 1;
        _ = Write(_wake, &one, sizeof(ulong));
    }

    private unsafe void Calm()
    {
        ulong count;
        _ = Read(_wake, (byte*)&count, sizeof(ulong));
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventDescriptor(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted, Seen;
    }

    private sealed record Request(Memory<byte> Buffer, CancellationToken Cancelled)
    {
        public TaskCompletionSource<int> Length { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
