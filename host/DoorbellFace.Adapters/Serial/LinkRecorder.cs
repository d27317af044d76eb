using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Serial;

/// <summary>One recording, over as many connections as there are. Safe to call from several threads.</summary>
public sealed class LinkRecorder : IDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly RecordingWriter? _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startTimestamp;
    private readonly string _name;
    private TimeSpan _flushedAt;

    /// <summary>Begins a recording.</summary>
    /// <param name="stream">Where to; it belongs to the recorder from now on.</param>
    /// <param name="name">What a person calls it: the file's path.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where the remark goes when the recording cannot be written.</param>
    public LinkRecorder(Stream stream, string name, TimeProvider time, ILogger logger)
    {
        (_stream, _name, _time, _logger) = (stream, name, time, logger);
        _startedAt = time.GetUtcNow();
        _startTimestamp = time.GetTimestamp();
        try
        {
            _writer = new RecordingWriter(stream, _startedAt);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Stop(error);
        }
    }

    /// <summary>Bytes recorded, both directions.</summary>
    public long Bytes { get; private set; }

    /// <summary>The recording could not be written and has ended early.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Begins a recording in a new file.</summary>
    /// <exception cref="DoorbellException">A file is there already, or none can be made.</exception>
    public static LinkRecorder Create(string path, TimeProvider time, ILogger logger)
    {
        if (File.Exists(path))
            throw new DoorbellException(ErrorKind.Refused,
                $"'{path}' is already there and is left as it is. Choose another name for the recording, or delete that file first.");
        try
        {
            return new LinkRecorder(PrivateFiles.Create(path, FileMode.CreateNew, FileShare.Read, FileAccess.Write), path, time, logger);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"The recording '{path}' cannot be made: {error.Message}", cause: error);
        }
    }

    /// <summary>Appends bytes that have just gone over the line.</summary>
    public void Write(bool fromDevice, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (HasStopped || bytes.IsEmpty) return;
            try
            {
                TimeSpan elapsed = _time.GetElapsedTime(_startTimestamp);
                _writer!.Write(_startedAt + elapsed, fromDevice, bytes);
                Bytes += bytes.Length;
                if (elapsed - _flushedAt < FlushEvery) return;
                _stream.Flush();
                _flushedAt = elapsed;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Stop(error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                _stream.Dispose();
            }
            catch (IOException error)
            {
                Stop(error);
            }
            HasStopped = true;
        }
    }

    private void Stop(Exception error)
    {
        if (HasStopped) return;
        HasStopped = true;
        _logger.LogWarning("The recording {Name} ends here, at {Bytes} bytes, because it cannot be written: {Error} The doorbell goes on.",
            _name, Bytes, error.Message);
    }
}
