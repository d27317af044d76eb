using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DoorbellFace.Adapters.Processes;

namespace DoorbellFace.Adapters.Speech;

/// <summary>espeak-ng as a process for each sentence: for systems where its library cannot be loaded.</summary>
public sealed class EspeakProcess : ISpeechSynthesizer
{
    /// <summary>The program's name; found in the PATH.</summary>
    public const string DefaultProgram = "espeak-ng";

    private readonly int _wordsPerMinute;
    private readonly int _volumePercent;
    private readonly string _program;

    /// <summary>Takes speed (80 to 450 words a minute), loudness (0 to 200 percent) and the program's name.</summary>
    public EspeakProcess(int wordsPerMinute, int volumePercent, string program = DefaultProgram)
    {
        _wordsPerMinute = wordsPerMinute;
        _volumePercent = volumePercent;
        _program = program;
    }

    /// <inheritdoc/>
    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Process process = Start(voice, wordsPerMinute ?? _wordsPerMinute);
        using var tooLong = new CancellationTokenSource(ChildProcesses.Limit);
        using CancellationTokenRegistration stop = cancellation.Register(() => ChildProcesses.Stop(process));
        using CancellationTokenRegistration stopTooLong = tooLong.Token.Register(() => ChildProcesses.Stop(process));
        Task<string> complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            // On standard input, a text that begins with a hyphen is no option, and one of any length fits.
            process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(SpokenText.Clean(text)));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; its exit status and its complaint say why.
        }
        using var wav = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(wav);
        ChildProcesses.WaitOrStop(process, ChildProcesses.Limit);
        cancellation.ThrowIfCancellationRequested();
        if (tooLong.IsCancellationRequested)
            throw new SpeechException(
                $"{_program} did not answer within {ChildProcesses.Limit.TotalSeconds:0} seconds. Try `{_program} hello` in a terminal.");
        if (process.ExitCode == 0 && wav.Length == 0) return new PcmClip(default, PcmClip.UsualSampleRate);
        if (process.ExitCode == 0 && WavHeader.TryReadClip(wav.ToArray(), out PcmClip? clip)) return clip;
        string words = complaint.GetAwaiter().GetResult().Trim();
        if (words.Contains("voice", StringComparison.OrdinalIgnoreCase)) throw new UnknownVoiceException(voice);
        throw new SpeechException(
            $"{_program} has failed (status {process.ExitCode}): {(words.Length > 0 ? words : "it gave no sound")}. Try `{_program} hello` "
            + $"in a terminal.");
    }

    private Process Start(string voice, int wordsPerMinute)
    {
        var start = new ProcessStartInfo(_program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        // -z: no pause at the end, as the library makes none; the silence around sentences is ours.
        string[] arguments =
            ["--stdin", "--stdout", "-z", "-b", "1", "-v", voice, "-s", Number(wordsPerMinute), "-a", Number(_volumePercent)];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new SpeechException($"{_program} cannot be started ({error.NativeErrorCode}). Install it: sudo apt-get install espeak-ng",
                error);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
