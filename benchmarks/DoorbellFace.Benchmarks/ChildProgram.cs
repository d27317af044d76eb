using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>A command of ./doorbell started as a user starts it, whose JSON lines are read while it runs.</summary>
internal sealed class ChildProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<JsonObject> _lines = [];
    private readonly Dictionary<string, TaskCompletionSource<JsonObject>> _awaited = [];

    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProgram(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Peak resident memory so far, in MiB (VmHWM of /proc).</summary>
    public double PeakMemoryMebibytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Starts a command; its remarks go to this program's standard error.</summary>
    public static ChildProgram Start(string launcher, params IEnumerable<string> arguments) =>
        StartIn(new Dictionary<string, string>(), launcher, arguments);

    /// <summary>Starts it with variables of its own in its environment.</summary>
    public static ChildProgram StartIn(IReadOnlyDictionary<string, string> environment, string launcher,
        params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(launcher, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new ChildProgram(Process.Start(start) ?? throw new UserErrorException($"{launcher} could not be started."));
    }

    /// <summary>The first line with that event, already there or still to come.</summary>
    /// <exception cref="UserErrorException">The program ended without it.</exception>
    public async Task<JsonObject> WaitForAsync(string eventName)
    {
        TaskCompletionSource<JsonObject> awaited;
        lock (_lines)
        {
            if (_lines.Find(line => NameOf(line) == eventName) is { } there) return there;
            awaited = _awaited[eventName] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        if (await Task.WhenAny(awaited.Task, _process.WaitForExitAsync()) == awaited.Task) return await awaited.Task;
        throw new UserErrorException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} before it said \"{eventName}\".",
            ExitCode.Failed);
    }

    /// <summary>The next line with one of these events.</summary>
    /// <param name="seen">So many lines are passed over.</param>
    /// <param name="eventNames">The events.</param>
    /// <returns>The line, and how many lines are over with it.</returns>
    /// <exception cref="UserErrorException">The program ended without it.</exception>
    public async Task<(JsonObject Line, int Seen)> WaitForNextAsync(int seen, params string[] eventNames)
    {
        while (true)
        {
            Task more;
            lock (_lines)
            {
                for (; seen < _lines.Count; seen++)
                    if (eventNames.Contains(NameOf(_lines[seen]))) return (_lines[seen], seen + 1);
                more = _more.Task;
            }
            if (await Task.WhenAny(more, _reading) == _reading && !more.IsCompleted)
                throw new UserErrorException($"{_process.StartInfo.FileName} ended before it said {string.Join(" or ", eventNames)}.",
                    ExitCode.Failed);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, and waits for its end.</summary>
    /// <returns>All its lines.</returns>
    public async Task<IReadOnlyList<JsonObject>> StopAsync()
    {
        if (!_process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
        await WaitForExitAsync();
        return _lines;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>The name of a line's event.</summary>
    public static string? NameOf(JsonObject line) => line["event"]?.GetValue<string>();

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            if (text.Length == 0 || text[0] != '{') continue;
            JsonObject line = JsonNode.Parse(text)!.AsObject();
            lock (_lines)
            {
                _lines.Add(line);
                if (NameOf(line) is { } name && _awaited.Remove(name, out TaskCompletionSource<JsonObject>? awaited))
                    awaited.SetResult(line);
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
