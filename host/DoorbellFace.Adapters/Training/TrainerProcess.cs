using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Adapters.Processes;
using DoorbellFace.Application;
using DoorbellFace.Application.Training;

namespace DoorbellFace.Adapters.Training;

/// <summary>
/// The trainer as a process of its own, of low priority: the door comes first. It ends when this process does, however that ends: its
/// standard input is a pipe from here, and it watches that.
/// </summary>
/// <param name="program">The program and the arguments that come before ours; null: the trainer is not here.</param>
public sealed class TrainerProcess(IReadOnlyList<string>? program) : ITrainer
{
    /// <summary>A result has some kilobytes; what writes more is not the trainer that is meant.</summary>
    private const int MostResultLetters = 4 << 20;

    /// <inheritdoc/>
    public bool IsHere => program is not null;

    /// <inheritdoc/>
    public ITraining Start(string photos, string work, int minutes, Action<string> told)
    {
        if (program is null) throw new DoorbellException(ErrorKind.MissingPart, "The trainer is not installed here.");
        string[] line =
        [
            .. ChildProcesses.AtLowPriority(program), "build-model", photos, "--out", work, "--minutes",
            minutes.ToString(CultureInfo.InvariantCulture), "--no-install", "--json", "--while-asked",
        ];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            return new Training(Process.Start(start)!, told);
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new DoorbellException(ErrorKind.MissingPart, $"The trainer cannot be started: {error.Message}", cause: error);
        }
    }

    private sealed class Training : ITraining
    {
        private readonly Process _process;

        public Training(Process process, Action<string> told)
        {
            _process = process;
            Ended = EndAsync(told);
        }

        public Task<TrainingEnd> Ended { get; }

        public void Stop() => ChildProcesses.Stop(_process);

        public void Dispose()
        {
            Stop();
            _process.Dispose();
        }

        private async Task<TrainingEnd> EndAsync(Action<string> told)
        {
            Task<string> result = ReadAsync(_process.StandardOutput);
            while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line) told(line);
            string text = await result.ConfigureAwait(false);
            await _process.WaitForExitAsync().ConfigureAwait(false);
            return new TrainingEnd(_process.ExitCode == 0, text);
        }

        private async Task<string> ReadAsync(StreamReader output)
        {
            var text = new System.Text.StringBuilder();
            var some = new char[4096];
            while (await output.ReadAsync(some).ConfigureAwait(false) is > 0 and var read)
            {
                if (text.Length + read > MostResultLetters) Stop();
                else text.Append(some, 0, read);
            }
            return text.ToString();
        }
    }
}
