using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Firmware.Tests;

/// <summary>
/// The real firmware in the simulator, and a host that reads its line with <see cref="LinkReceiver"/>. Simulated time has nothing to do
/// with the clock on the wall: waiting means reading until the awaited has come, and a limit on the wall clock only ends a test that hangs.
/// </summary>
internal sealed class SimulatedDevice : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly FileStream? _line;
    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>();
    private readonly Queue<LinkEvent> _events = new();
    private readonly CancellationTokenSource _limit = new(Patience);
    private readonly TaskCompletionSource<JsonElement> _statistics = new();
    private readonly List<string> _remarks = [];
    private readonly Thread[] _readers;
    private long _bytesReceived;

    /// <param name="elf">The program.</param>
    /// <param name="scene">What the camera sees.</param>
    /// <param name="plan">Lines for the simulator, such as "@1200 press".</param>
    /// <param name="eeprom">A file that outlives the device, or null.</param>
    /// <param name="seconds">Simulated time after which the device ends by itself; 0: when it is told to.</param>
    /// <param name="realTime">No faster than the clock on the wall: for a host that has one of its own.</param>
    /// <param name="listens">False: the port is left to another, which opens <see cref="PortPath"/>.</param>
    public SimulatedDevice(string elf, Scene scene, IEnumerable<string>? plan = null, string? eeprom = null, double seconds = 0,
        bool listens = true, bool realTime = false)
    {
        var start = new ProcessStartInfo("nice") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] words = ["-n", "10", FirmwareBuild.Simulator(), "--firmware", elf, "--scene", scene.Path, "--hold"];
        foreach (string word in words) start.ArgumentList.Add(word);
        foreach (string line in plan ?? []) Add("--do", line);
        if (eeprom is not null) Add("--eeprom", eeprom);
        if (realTime) start.ArgumentList.Add("--real-time");
        if (seconds > 0) Add("--seconds", seconds.ToString(CultureInfo.InvariantCulture));
        _process = Process.Start(start)!;
        string first = _process.StandardOutput.ReadLine() ?? "";
        Assert.StartsWith("pty ", first, StringComparison.Ordinal);
        PortPath = first[4..];
        StreamReader remarks = _process.StandardOutput;
        _readers = [new Thread(() => ReadRemarks(remarks)) { IsBackground = true }];
        if (listens)
        {
            var line = new FileStream(PortPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            _line = line;
            _readers = [.. _readers, new Thread(() => ReadLine(line)) { IsBackground = true }];
        }
        foreach (Thread reader in _readers) reader.Start();

        void Add(string option, string value)
        {
            start.ArgumentList.Add(option);
            start.ArgumentList.Add(value);
        }
    }

    /// <summary>The port to open.</summary>
    public string PortPath { get; }

    /// <summary>The simulator runs at a pace of its own: all bytes come in one moment, in which no press is one too many.</summary>
    public LinkReceiver Receiver { get; } = new(mostPressesInASecond: int.MaxValue);

    /// <summary>Every event so far, in the order in which the device sent it.</summary>
    public List<LinkEvent> Seen { get; } = [];

    /// <summary>Presses are acknowledged as they come, between frames.</summary>
    public bool AcknowledgesPresses { get; set; } = true;

    /// <summary>Reads on until an event of that kind comes.</summary>
    public T Next<T>(Func<T, bool>? which = null)
        where T : LinkEvent
    {
        while (true)
        {
            while (_events.TryDequeue(out LinkEvent? linkEvent))
            {
                Seen.Add(linkEvent);
                if (linkEvent is BellReceived bell && AcknowledgesPresses) Send(HostCommand.BellAck(bell.Bell.Press));
                if (linkEvent is T wanted && (which is null || which(wanted))) return wanted;
            }
            Assert.True(Receive(), $"The device ended before a {typeof(T).Name} came. Before that: {Describe()}");
        }
    }

    /// <summary>The next remark of that kind.</summary>
    public LogPacket NextLog(LogCode code) => Next<LogReceived>(log => log.Log.Code == code).Log;

    /// <summary>Sends a command and waits for its acknowledgement, as the protocol asks.</summary>
    public void Command(HostCommand command)
    {
        Send(command);
        CommandAcknowledged answer = Next<CommandAcknowledged>(ack => ack.Ack.Command == command.Code);
        Assert.Equal(AckResult.Done, answer.Ack.Result);
    }

    /// <summary>Sends a byte, right or wrong.</summary>
    public void Send(byte wireByte) => _line!.Write([wireByte]);

    public void Send(HostCommand command) => Send(command.WireByte);

    /// <summary>Does things to the device: press, fault, scene ... Lines given together are read at the same simulated time.</summary>
    public void Do(params string[] lines)
    {
        _process.StandardInput.Write(string.Join('\n', lines) + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>The line of a plan with which the host sends a command at a simulated millisecond.</summary>
    public static string At(double millisecond, HostCommand command) =>
        string.Create(CultureInfo.InvariantCulture, $"@{millisecond} send {command.WireByte:X2}");

    /// <summary>Ends the device, reads what is still in the line, and returns the simulator's counters.</summary>
    public JsonElement Finish()
    {
        if (!_process.HasExited) Do("quit");
        return ReadToTheEnd();
    }

    /// <summary>Reads until the device ends by itself, to the last byte that it sent, and returns the simulator's counters.</summary>
    public JsonElement ReadToTheEnd()
    {
        while (!_statistics.Task.IsCompleted) Receive(untilStatistics: true);
        JsonElement statistics = _statistics.Task.GetAwaiter().GetResult();
        long sent = _line is null ? 0 : statistics.GetProperty("bytes_delivered").GetInt64();
        while (_bytesReceived < sent) Assert.True(Receive(), $"The line ended before its last byte. Before that: {Describe()}");
        while (_events.TryDequeue(out LinkEvent? linkEvent)) Seen.Add(linkEvent);
        return statistics;
    }

    /// <summary>What the simulator has said so far: "bell 5.123 ms after the press", "frame 1", "light on 2048.010".</summary>
    public IReadOnlyList<string> Remarks()
    {
        lock (_remarks) return [.. _remarks];
    }

    public string Describe() => string.Join("; ", Seen.TakeLast(8)) + " | " + string.Join("; ", Remarks().TakeLast(5));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        // The simulator's end closes both of its lines, and with that both readers end; only then may what they read from be disposed of.
        foreach (Thread reader in _readers) reader.Join();
        _process.Dispose();
        _line?.Dispose();
        _limit.Dispose();
    }

    private bool Receive(bool untilStatistics = false)
    {
        try
        {
            ValueTask<bool> more = _received.Reader.WaitToReadAsync(_limit.Token);
            if (untilStatistics) Task.WaitAny([more.AsTask(), _statistics.Task], _limit.Token);
            else if (!more.AsTask().GetAwaiter().GetResult()) return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The simulated device took longer than {Patience.TotalSeconds} s. Before that: {Describe()}");
        }
        while (_received.Reader.TryRead(out byte[]? bytes))
        {
            var events = new List<LinkEvent>();
            _bytesReceived += bytes.Length;
            Receiver.Receive(bytes, DateTimeOffset.UnixEpoch, events);
            foreach (LinkEvent linkEvent in events) _events.Enqueue(linkEvent);
        }
        return true;
    }

    private void ReadLine(FileStream line)
    {
        byte[] buffer = new byte[65536];
        try
        {
            for (int count; (count = line.Read(buffer)) > 0;) _received.Writer.TryWrite(buffer[..count]);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // The simulator has ended and its end of the line is closed.
        }
        _received.Writer.Complete();
    }

    private void ReadRemarks(StreamReader remarks)
    {
        const string Statistics = "statistics ";
        while (remarks.ReadLine() is { } line)
        {
            lock (_remarks) _remarks.Add(line);
            if (line.StartsWith(Statistics, StringComparison.Ordinal))
                _statistics.TrySetResult(JsonDocument.Parse(line[Statistics.Length..]).RootElement);
        }
        _statistics.TrySetException(new InvalidOperationException("The simulator ended without its counters: it has failed."));
    }
}
