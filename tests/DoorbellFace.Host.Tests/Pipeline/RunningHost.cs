using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The real program in a process of its own, whose JSON lines a test waits for.</summary>
internal sealed class RunningHost : IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private RunningHost(Process process) => _process = process;

    /// <summary>Every line read so far.</summary>
    public List<JsonObject> Lines { get; } = [];

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>The files that lie in its memory now, libraries among them.</summary>
    public string[] MappedFiles =>
        [.. File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/maps").Where(line => line.Contains('/'))
            .Select(line => line[line.IndexOf('/')..]).Distinct()];

    /// <summary>Starts a command of the host.</summary>
    public static RunningHost Start(params string[] arguments) =>
        new(DotnetProgram.Start(typeof(Composition.HouseServices).Assembly, arguments));

    /// <summary>Starts it with variables of its own in its environment.</summary>
    public static RunningHost StartIn(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = DotnetProgram.StartInfo(typeof(Composition.HouseServices).Assembly, arguments);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new RunningHost(Process.Start(start)!);
    }

    /// <summary>Reads on until one of these events has come.</summary>
    public async Task<JsonObject> ReadUntilAsync(params string[] eventNames)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } text)
        {
            JsonObject line = JsonNode.Parse(text)!.AsObject();
            Lines.Add(line);
            if (eventNames.Contains(line["event"]!.GetValue<string>())) return line;
        }
        throw new InvalidOperationException($"The host ended without {string.Join(" or ", eventNames)}.");
    }

    /// <summary>Signal 9: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> WaitForEndAsync()
    {
        await ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } text)
        {
            if (text.StartsWith('{')) Lines.Add(JsonNode.Parse(text)!.AsObject());
        }
    }
}
