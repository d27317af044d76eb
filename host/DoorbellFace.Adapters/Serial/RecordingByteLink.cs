using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Serial;

/// <summary>
/// Passes bytes on and writes them to a recording. It never disturbs the link: when the recording cannot be written, it ends with a
/// remark and the bytes go on. Safe for one reader and one writer at a time.
/// </summary>
public sealed class RecordingByteLink : IBaudRateLink
{
    private readonly IByteLink _link;
    private readonly LinkRecorder _recorder;

    /// <summary>
    /// Records what goes over <paramref name="link"/>, which belongs to this one from now on; the recorder stays the caller's.
    /// </summary>
    public RecordingByteLink(IByteLink link, LinkRecorder recorder)
    {
        _link = link;
        _recorder = recorder;
    }

    /// <inheritdoc/>
    public string Name => _link.Name;

    /// <inheritdoc/>
    public int BaudRateBitsPerSecond => (_link as IBaudRateLink)?.BaudRateBitsPerSecond ?? 0;

    /// <inheritdoc/>
    public bool TrySetBaudRate(int baudRateBitsPerSecond) => (_link as IBaudRateLink)?.TrySetBaudRate(baudRateBitsPerSecond) ?? false;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int length = await _link.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _recorder.Write(fromDevice: true, buffer.Span[..length]);
        return length;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _recorder.Write(fromDevice: false, bytes.Span);
        await _link.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
