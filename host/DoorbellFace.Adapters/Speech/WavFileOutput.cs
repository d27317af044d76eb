using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// One WAV file that grows by each clip, one straight after the other; the silences between them are not kept. Samples are written before
/// the header that counts them, so a program killed at any moment leaves a file that plays.
/// </summary>
public sealed class WavFileOutput : ISoundOutput
{
    /// <summary>Older players count in signed 32-bit numbers; 13 hours of speech.</summary>
    private const long MaxDataLength = int.MaxValue - WavHeader.Length;

    private readonly FileStream _file;
    private readonly int _sampleRate;
    private long _dataLength;

    /// <summary>Creates the file, in place of one that is there; it is a valid, empty WAV file at once.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="sampleRate">Samples a second of the whole file; clips of another rate are converted.</param>
    /// <exception cref="DoorbellException">It cannot be written.</exception>
    public WavFileOutput(string path, int sampleRate)
    {
        _sampleRate = sampleRate;
        try
        {
            // No buffer: what has been written is the system's, and survives the end of this process.
            _file = PrivateFiles.Create(path, FileMode.Create, FileShare.Read, FileAccess.Write, bufferSize: 0);
            WriteHeader();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            throw new DoorbellException(ErrorKind.UnusableInput,
                $"The WAV file {path} cannot be written: {error.Message} Choose a folder that exists and that you may write to.");
        }
    }

    /// <inheritdoc/>
    public string Description => $"the file {_file.Name}";

    /// <inheritdoc/>
    public IPlayback Begin(PcmClip clip)
    {
        ReadOnlySpan<byte> bytes = clip.AtRate(_sampleRate).Bytes;
        if (_dataLength + bytes.Length > MaxDataLength)
            throw new SpeechException($"The WAV file {_file.Name} is full (2 GB). Restart the program with another file.");
        try
        {
            _file.Position = WavHeader.Length + _dataLength;
            _file.Write(bytes);
            _dataLength += bytes.Length;
            WriteHeader();
        }
        catch (IOException error)
        {
            throw new SpeechException($"The WAV file {_file.Name} cannot be written: {error.Message}", error);
        }
        return FinishedPlayback.Instance;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[WavHeader.Length];
        WavHeader.Write(header, _sampleRate, (uint)_dataLength);
        _file.Position = 0;
        _file.Write(header);
    }
}
