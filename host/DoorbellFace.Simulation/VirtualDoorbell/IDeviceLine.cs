namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>The device's end of a line.</summary>
public interface IDeviceLine : IAsyncDisposable
{
    /// <summary>Sends bytes. Where nobody listens they are lost, as on a real wire.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Waits for bytes from the host. Returns 0 when the line is closed for good.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
