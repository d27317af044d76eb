using DoorbellFace.Core.Link;

namespace DoorbellFace.Host.Serial;

/// <summary>A recording in the place of a device: the bytes come as they came then, and what is written goes nowhere. One reader at a time.</summary>
public sealed class ReplayByteLink : IByteLink
{
    private readonly RecordingReader _recording;
    private readonly TimeProvider? _pace;
    private readonly long _startTimestamp;
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Replays.</summary>
    /// <param name="recording">At its first chunk.</param>
    /// <param name="name">What a person calls it: the file's path.</param>
    /// <param name="pace">Null: as fast as it is read. Otherwise the clock by which bytes come at the distances they came at.</param>
    public ReplayByteLink(RecordingReader recording, string name, TimeProvider? pace = null)
    {
        (_recording, Name, _pace) = (recording, name, pace);
        _startTimestamp = pace?.GetTimestamp() ?? 0;
        ReadAt = recording.StartedAt;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="LinkUnavailableException">There is no such file, it cannot be read, or it is no recording.</exception>
    public static ReplayByteLink Open(string path, TimeProvider? pace = null) => new(OpenRecording(path), path, pace);

    /// <summary>Opens a recording for <see cref="RecordingReader"/>.</summary>
    /// <exception cref="LinkUnavailableException">There is no such file, it cannot be read, or it is no recording.</exception>
    public static RecordingReader OpenRecording(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LinkUnavailableException($"There is no recording '{path}'.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LinkUnavailableException($"The recording '{path}' cannot be read: {error.Message}", error);
        }
        return RecordingReader.TryOpen(content, out RecordingReader? reader, out string? complaint)
            ? reader!
            : throw new LinkUnavailableException($"'{path}' is no recording of a doorbell: {complaint}.");
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_rest.IsEmpty)
        {
            if (_recording.Read() is not { } chunk) return 0;
            if (!chunk.FromDevice) continue;
            if (_pace is not null)
            {
                TimeSpan wait = chunk.At - _recording.StartedAt - _pace.GetElapsedTime(_startTimestamp);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, _pace, cancellationToken).ConfigureAwait(false);
            }
            _rest = chunk.Bytes;
            ReadAt = chunk.At;
        }
        int length = Math.Min(buffer.Length, _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
