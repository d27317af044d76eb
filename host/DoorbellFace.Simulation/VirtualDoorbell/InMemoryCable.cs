using System.IO.Pipelines;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>A good cable without an operating system: what one end writes the other reads. For tests and for trying things out.</summary>
public sealed class InMemoryCable : IAsyncDisposable
{
    private readonly Pipe _toHost = new(), _toDevice = new();

    /// <summary>Plugs it in.</summary>
    public InMemoryCable()
    {
        DeviceEnd = new DeviceLine(_toHost.Writer, _toDevice.Reader);
        HostEnd = new HostLink(_toHost.Reader, _toDevice.Writer);
    }

    /// <summary>The device's end.</summary>
    public IDeviceLine DeviceEnd { get; }

    /// <summary>The host's end.</summary>
    public IByteLink HostEnd { get; }

    /// <summary>Pulls the cable: both ends read what was under way, then 0.</summary>
    public async ValueTask DisposeAsync()
    {
        await _toHost.Writer.CompleteAsync().ConfigureAwait(false);
        await _toDevice.Writer.CompleteAsync().ConfigureAwait(false);
    }

    private static async ValueTask<int> ReadAsync(PipeReader reader, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        int length = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var taken = result.Buffer.Slice(0, length);
        int copied = 0;
        foreach (ReadOnlyMemory<byte> part in taken)
        {
            part.CopyTo(buffer[copied..]);
            copied += part.Length;
        }
        reader.AdvanceTo(taken.End);
        return copied;
    }

    private static async ValueTask WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // The cable was pulled: what is written goes nowhere.
        }
    }

    private sealed class DeviceLine(PipeWriter writer, PipeReader reader) : IDeviceLine
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            InMemoryCable.WriteAsync(writer, bytes, cancellationToken);

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            InMemoryCable.ReadAsync(reader, buffer, cancellationToken);

        public ValueTask DisposeAsync() => writer.CompleteAsync();
    }

    private sealed class HostLink(PipeReader reader, PipeWriter writer) : IByteLink
    {
        public string Name => "a cable in memory";

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            InMemoryCable.ReadAsync(reader, buffer, cancellationToken);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            InMemoryCable.WriteAsync(writer, bytes, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
