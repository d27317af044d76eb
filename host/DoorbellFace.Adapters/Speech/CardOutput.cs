using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Adapters.Processes;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// The sound card, through ALSA's <c>aplay</c>: one process for each clip, so that a clip can be stopped at once by ending the process, a
/// card that comes and goes needs no care, and no native sound code lives in this process.
/// </summary>
public sealed class CardOutput : ISoundOutput
{
    /// <summary>Samples handed over before <see cref="Begin"/> returns; fits into any pipe.</summary>
    private const int FirstBytes = 4096;

    /// <summary>A clip that is not over so long after its own duration hangs in the driver, and is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _device;
    private readonly TimeProvider _time;
    private readonly string _program;

    /// <summary>Takes an ALSA device, the clock for giving up on a driver that hangs, and the player's name.</summary>
    public CardOutput(string device, TimeProvider time, string program = SoundCard.Program)
    {
        _device = device;
        _time = time;
        _program = program;
    }

    /// <inheritdoc/>
    public string Description => $"the sound card (device \"{_device}\")";

    /// <inheritdoc/>
    public IPlayback Begin(PcmClip clip)
    {
        var playback = new Playback(Start(clip), clip, this);
        playback.Write(0, FirstBytes);
        return playback;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private Process Start(PcmClip clip)
    {
        var start = new ProcessStartInfo(_program)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        string rate = clip.SampleRate.ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", rate, "-D", _device, "-"];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new SpeechException(
                $"{_program} cannot be started, so there is no way to the sound card. Install it: sudo apt-get install alsa-utils", error);
        }
    }

    private SpeechException Refused(int status, string complaint)
    {
        string last = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
            ?? $"{_program} ended with status {status}";
        return new SpeechException($"The sound card (device \"{_device}\") does not play: {last}. `aplay -l` lists the cards.");
    }

    private sealed class Playback(Process process, PcmClip clip, CardOutput card) : IPlayback
    {
        private readonly Task<string> _complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
        private bool _isOver;

        public void Write(int from, int end)
        {
            ReadOnlySpan<byte> bytes = clip.Bytes;
            end = Math.Min(end, bytes.Length);
            if (from >= end) return;
            try
            {
                process.StandardInput.BaseStream.Write(bytes[from..end]);
                process.StandardInput.BaseStream.Flush();
            }
            catch (IOException)
            {
                // The player has ended, on its own account or on ours; Finish tells which.
            }
        }

        public void Finish(CancellationToken cancellation)
        {
            using var tooLate = new CancellationTokenSource(clip.Duration + Patience, card._time);
            using CancellationTokenRegistration onStop = cancellation.Register(() => ChildProcesses.Stop(process));
            using CancellationTokenRegistration onTooLate = tooLate.Token.Register(() => ChildProcesses.Stop(process));
            Write(FirstBytes, int.MaxValue);
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // As in Write.
            }
            process.WaitForExit();
            _isOver = true;
            if (process.ExitCode == 0) return;
            cancellation.ThrowIfCancellationRequested();
            if (tooLate.IsCancellationRequested) throw card.Refused(process.ExitCode, "it took far longer than the sound lasts");
            throw card.Refused(process.ExitCode, _complaint.GetAwaiter().GetResult());
        }

        public void Dispose()
        {
            if (!_isOver)
            {
                ChildProcesses.Stop(process);
                process.WaitForExit(ChildProcesses.Limit);
            }
            process.Dispose();
        }
    }
}
