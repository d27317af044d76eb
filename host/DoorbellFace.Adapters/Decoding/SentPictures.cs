using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Adapters.Processes;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Decoding;

/// <summary>How much a picture that somebody sent may cost.</summary>
public sealed record SentPictureLimits
{
    /// <summary>How long the reading of one picture may take: 20 seconds by default; the largest that are taken need 5.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Bytes of memory that its reader may take: 1280 MB by default; an AVIF of 64 megapixels needs 1.1 GB, all else half of that.
    /// </summary>
    public long MemoryBytes { get; init; } = 1280L << 20;

    /// <summary>So long after a picture its reader waits for the next one: 10 seconds by default.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Pictures that somebody sent are read in a process of its own, of low priority and with limits (<see cref="PictureReader"/>): a file that
/// makes a decoder break off, hang or eat memory ends that process and not the door. Pictures come one after another; the process stays
/// while more of them come, and a new one is started after one that was ended. Files of this computer and the writing of pictures stay
/// here. Thread-safe: who comes second waits.
/// </summary>
/// <param name="own">Reads and writes what is our own.</param>
/// <param name="program">
/// The program that reads pictures and the arguments that come before the number of bytes that it may take.
/// </param>
/// <param name="time">The clock of the limits.</param>
/// <param name="log">Says when a reader was ended.</param>
/// <param name="limits">How much a picture may cost; null: as usual.</param>
public sealed class SentPictures(
    IPictureFiles own, IReadOnlyList<string> program, TimeProvider time, ILogger log, SentPictureLimits? limits = null)
    : IPictureFiles, IDisposable
{
    private readonly SentPictureLimits _limits = limits ?? new SentPictureLimits();
    private readonly Lock _turn = new(), _gate = new();
    private Process? _reader;
    private ITimer? _idle;
    private bool _isClosed;

    /// <summary>The process that reads now or waits for the next picture; null where there is none.</summary>
    public int? ReaderId
    {
        get
        {
            lock (_gate) return _reader?.Id;
        }
    }

    /// <inheritdoc/>
    public PixelBuffer? TryRead(string path, out string reason) => own.TryRead(path, out reason);

    /// <inheritdoc/>
    public byte[] EncodePng(PixelBuffer picture) => own.EncodePng(picture);

    /// <inheritdoc/>
    public PixelBuffer? TryDecode(byte[] content, string subject, out string reason)
    {
        if (content.Length > PictureMessages.MostFileBytes)
        {
            reason = $"{subject} is larger than {PictureMessages.MostFileBytes >> 20} MB.";
            return null;
        }
        lock (_turn)
        {
            using var tooLong = new CancellationTokenSource(_limits.Time, time);
            try
            {
                if (Reader(tooLong.Token) is not { } reader)
                {
                    reason = $"{subject} was not read: the door is closing.";
                    return null;
                }
                using CancellationTokenRegistration stop = tooLong.Token.Register(() => ChildProcesses.Stop(reader));
                PictureMessages.WriteRequest(reader.StandardInput.BaseStream, subject, content);
                PixelBuffer? picture = PictureMessages.ReadAnswer(reader.StandardOutput.BaseStream, out reason);
                WaitForMore(reader);
                return picture;
            }
            catch (Win32Exception error)
            {
                log.LogError("Pictures that are sent cannot be read: {Reason}", error.Message);
                reason = $"{subject} was not read: the program that reads pictures cannot be started.";
                return null;
            }
            catch (Exception error) when (error is IOException or InvalidDataException)
            {
                reason = Ended(subject, tooLong.IsCancellationRequested);
                return null;
            }
        }
    }

    /// <summary>Ends the reader; a picture that is being read is given up.</summary>
    public void Dispose()
    {
        lock (_gate) _isClosed = true;
        // Whoever waits for an answer reads the end of it; what they read from must not be disposed of meanwhile.
        Drop();
    }

    /// <summary>The reader, which is ready; a new one where there is none. Null where none may begin any more.</summary>
    private Process? Reader(CancellationToken tooLong)
    {
        Process reader;
        lock (_gate)
        {
            _idle?.Dispose();
            _idle = null;
            if (_isClosed) return null;
            if (_reader is { HasExited: false }) return _reader;
            _reader?.Dispose();
            reader = _reader = Start();
        }
        using CancellationTokenRegistration stop = tooLong.Register(() => ChildProcesses.Stop(reader));
        // What a decoder or the runtime complains of says nothing to people, and may be much.
        _ = reader.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        PictureMessages.ReadReady(reader.StandardOutput.BaseStream);
        return reader;
    }

    private Process Start()
    {
        string[] line = [.. ChildProcesses.AtLowPriority(program), _limits.MemoryBytes.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // No sockets and dumps for tools, which would be left behind by a process that is ended; and no second thread to tidy up.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        return Process.Start(start)!;
    }

    private void WaitForMore(Process reader)
    {
        lock (_gate)
        {
            if (_isClosed || !ReferenceEquals(_reader, reader)) return;
            _idle = time.CreateTimer(_ => DropIdle(reader), null, _limits.Idle, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>What is said of a picture over which the reader has ended, or had to be ended.</summary>
    private string Ended(string subject, bool wasTooLong)
    {
        Drop()?.Dispose();
        lock (_gate) if (_isClosed) return $"{subject} was not read: the door is closing.";
        if (wasTooLong)
        {
            log.LogWarning("A picture that was sent took longer than {Seconds:0} seconds; its reader was ended.",
                _limits.Time.TotalSeconds);
            return string.Create(CultureInfo.InvariantCulture,
                $"{subject} could not be read within {_limits.Time.TotalSeconds:0} seconds. Save it as a JPEG and send that.");
        }
        log.LogWarning("A picture that was sent has ended its reader.");
        return string.Create(CultureInfo.InvariantCulture,
            $"{subject} could not be read: it is damaged, or takes more than {_limits.MemoryBytes >> 20} MB of memory.");
    }

    private void DropIdle(Process reader)
    {
        lock (_gate)
        {
            // Another picture has come meanwhile.
            if (_idle is null || !ReferenceEquals(_reader, reader)) return;
            Drop()?.Dispose();
        }
    }

    /// <summary>Ends the reader, where there is one.</summary>
    private Process? Drop()
    {
        lock (_gate)
        {
            Process? reader = _reader;
            _idle?.Dispose();
            (_reader, _idle) = (null, null);
            if (reader is not null) ChildProcesses.Stop(reader);
            return reader;
        }
    }
}
