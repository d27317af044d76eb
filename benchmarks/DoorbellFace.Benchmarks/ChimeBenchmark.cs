using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench chime: how soon after the press the chime begins, when nothing is wrong and under faults that leave the cable alive.
/// </summary>
internal static class ChimeBenchmark
{
    private static readonly Fault[] Faults =
    [
        new("nothing is wrong"),
        new("the voice hangs") { Options = ["--speaker", "speech-dispatcher", "--device", "null"], HangingVoice = true },
        new("the sound card is gone; a file is written") { Options = ["--device", "no-such-card"] },
        new("the sound card's player hangs; a file is written") { HangingPlayer = true },
        new("no place for the record (full or forbidden disk)") { NoRecord = true },
        new("another program takes all processors") { BusyProcessors = true },
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rings = new Option<int>("--rings") { Description = "Rings for each fault.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var command = new Command("chime", "Rings under each fault and measures the time from the press to the chime.") { rings };
        command.SetAction(async (parsed, stop) =>
        {
            string folder = Directory.CreateTempSubdirectory("doorbell-chime-").FullName;
            try
            {
                string photos = Path.Combine(folder, "photos");
                using (ChildProgram draw = ChildProgram.Start(VisitorPhotos.Launcher(), ["draw-people", photos, "--photos", "3"]))
                    await draw.WaitForExitAsync();
                Console.Out.WriteLine($"{Machine.Description}.\n");
                Console.Out.WriteLine("| ms from the press to the chime | median | 90 % | worst | rings | chimes |");
                Console.Out.WriteLine("|---|---|---|---|---|---|");
                foreach (Fault fault in Faults)
                {
                    stop.ThrowIfCancellationRequested();
                    Screen.Remark($"{fault.Name}: {parsed.GetValue(rings)} rings, three seconds apart.");
                    Console.Out.WriteLine(await MeasureAsync(fault, folder, photos, parsed.GetValue(rings)));
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> MeasureAsync(Fault fault, string folder, string photos, int rings)
    {
        string data = Path.Combine(folder, "data");
        Dictionary<string, string> environment = [];
        if (fault.NoRecord) await File.WriteAllTextAsync(data = Path.Combine(folder, "no-folder"), "");
        if (fault.HangingPlayer) environment["PATH"] = $"{PlayerThatHangs(folder)}:{Environment.GetEnvironmentVariable("PATH")}";
        using Socket? voice = fault.HangingVoice ? VoiceThatHangs(folder, environment) : null;
        Process[] busy = fault.BusyProcessors
            ? [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))]
            : [];
        try
        {
            string launcher = VisitorPhotos.Launcher();
            string count = rings.ToString(CultureInfo.InvariantCulture);
            using ChildProgram simulate =
                ChildProgram.Start(launcher, ["simulate", "--photos", photos, "--visits", count, "--ring-every", "3", "--json"]);
            string port = (await simulate.WaitForAsync("ready"))["port"]!.GetValue<string>();
            using ChildProgram run = ChildProgram.StartIn(environment, launcher,
                ["run", "--port", port, "--data", data, "--wav", Path.Combine(folder, "door.wav"), "--json", .. fault.Options]);
            await simulate.WaitForAsync("end");
            return Row(fault, rings, await run.StopAsync());
        }
        finally
        {
            foreach (Process process in busy)
            {
                process.Kill();
                process.Dispose();
            }
        }
    }

    private static string Row(Fault fault, int rings, IReadOnlyList<JsonObject> heard)
    {
        DateTimeOffset[] bells = [.. Times(heard, "bell")], chimes = [.. Times(heard, "chime_started")];
        // A press while the chime sounds starts it again: the last press before a chime is the one that it answers.
        double[] sorted = [.. chimes.Select(chime => (chime - bells.Last(bell => bell <= chime)).TotalMilliseconds).Order()];
        return sorted.Length == 0
            ? $"| {fault.Name} | - | - | - | {rings} | 0 |"
            : string.Create(CultureInfo.InvariantCulture, $"| {fault.Name} | {sorted[sorted.Length / 2]:0} "
                + $"| {sorted[(int)((sorted.Length - 1) * 0.9)]:0} | {sorted[^1]:0} | {rings} | {sorted.Length} |");
    }

    private static IEnumerable<DateTimeOffset> Times(IReadOnlyList<JsonObject> lines, string eventName) =>
        lines.Where(line => ChildProgram.NameOf(line) == eventName).Select(line => line["at"]!.GetValue<DateTimeOffset>());

    private static string PlayerThatHangs(string folder)
    {
        string programs = Path.Combine(folder, "bin"), player = Path.Combine(programs, "aplay");
        Directory.CreateDirectory(programs);
        File.WriteAllLines(player,
            ["#!/bin/sh", "[ \"$1\" = -l ] && echo 'card 0: Hangs [Hangs], device 0: Hangs [Hangs]' && exit", "exec sleep 600"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(player, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return programs;
    }

    /// <summary>A speech-dispatcher that takes callers and answers nothing.</summary>
    private static Socket VoiceThatHangs(string folder, Dictionary<string, string> environment)
    {
        string runtime = Path.Combine(folder, "runtime"), path = Path.Combine(runtime, "speech-dispatcher", "speechd.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        environment["XDG_RUNTIME_DIR"] = runtime;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(16);
        return socket;
    }

    private sealed record Fault(string Name)
    {
        public string[] Options { get; init; } = [];

        public bool HangingVoice { get; init; }

        public bool HangingPlayer { get; init; }

        public bool NoRecord { get; init; }

        public bool BusyProcessors { get; init; }
    }
}
