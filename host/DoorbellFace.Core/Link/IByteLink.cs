namespace DoorbellFace.Core.Link;

/// <summary>Bytes from and to a device: a serial port, or a recording being replayed.</summary>
public interface IByteLink : IAsyncDisposable
{
    /// <summary>What a person calls it: "/dev/ttyACM0 at 1,000,000 bit/s".</summary>
    string Name { get; }

    /// <summary>When the bytes of the last read arrived, where the link knows it better than the clock: a recording. Null: just now.</summary>
    DateTimeOffset? ReadAt => null;

    /// <summary>Waits for bytes. Returns 0 when the device is gone or the recording has ended.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends bytes; does nothing once the device is gone.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
