namespace DoorbellFace.Core.Link;

/// <summary>Bytes from and to a device.</summary>
public interface IByteLink : IAsyncDisposable
{
    /// <summary>What a person calls it: "/dev/ttyACM0 at 1,000,000 bit/s".</summary>
    string Name { get; }

    /// <summary>Waits for bytes. Returns 0 when the device is gone.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends bytes; does nothing once the device is gone.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
