using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench train: how many pictures a second the trainer learns from, beside PyTorch on the same computer with the same threads
/// and the same batch. The two take turns, so that whatever else the computer does meets both.
/// </summary>
internal static class TrainBenchmark
{
    private const string Python = "/usr/bin/python3", Script = "training_speed.py";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var network = new Option<string>("--network")
        {
            Description = "A network that both have.", HelpName = "NAME", DefaultValueFactory = _ => "resnet18",
        };
        var size = new Option<int>("--size")
        {
            Description = "Edge of the pictures in pixels.", HelpName = "PX", DefaultValueFactory = _ => 224,
        };
        var batch = new Option<int>("--batch") { Description = "Pictures in one step.", HelpName = "N", DefaultValueFactory = _ => 16 };
        var steps = new Option<int>("--steps") { Description = "Steps of each turn.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of each.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var turns = new Option<int>("--turns")
        {
            Description = "How often each has its turn.", HelpName = "N", DefaultValueFactory = _ => 3,
        };
        var mixedPrecision = new Option<bool>("--mixed-precision")
        {
            Description = "Let both compute with 16 bits where that is enough (PyTorch: autocast to bfloat16).",
        };
        var report = new Option<FileInfo?>("--report")
        {
            Description = "Append the figures as a Markdown table to this file.", HelpName = "FILE",
        };
        var command =
            new Command("train",
                "Measures training speed beside PyTorch (Debian's python3-torch and python3-torchvision).") { network, size, batch, steps,
                threads, turns, mixedPrecision, report };
        command.SetAction(async (parsed, stop) =>
        {
            int rounds = parsed.GetValue(turns);
            if (rounds is < 1 or > 1000) throw new UserErrorException($"--turns is {rounds}; expected 1 to 1000.", ExitCode.WrongUsage);
            string[] same =
            [
                "--network", parsed.GetValue(network)!, "--size", Text(parsed.GetValue(size)), "--batch", Text(parsed.GetValue(batch)),
                    "--steps", Text(parsed.GetValue(steps)), "--threads", Text(parsed.GetValue(threads)),
                .. parsed.GetValue(mixedPrecision) ? ["--mixed-precision"] : Array.Empty<string>(),
            ];
            string launcher = VisitorPhotos.Launcher(), script = Path.Combine(Path.GetDirectoryName(launcher)!, "benchmarks", Script);
            List<JsonObject> ours = [], theirs = [];
            for (int i = 0; i < rounds; i++)
            {
                theirs.Add(await AskAsync(Python, [script, .. same], stop));
                ours.Add(await AskAsync(launcher, ["measure-training", "--json", .. same], stop));
                Screen.Remark(string.Create(CultureInfo.InvariantCulture,
                    $"turn {i + 1} of {rounds}: PyTorch {Of(theirs[^1], "best_pictures_per_second"):0.0}, ours "
                    + $"{Of(ours[^1], "best_pictures_per_second"):0.0} pictures/s"));
            }
            string table = Table(parsed, ours, theirs);
            Console.Out.Write(table);
            if (parsed.GetValue(report) is { } file) await File.AppendAllTextAsync(file.FullName, table + "\n", stop);
            return (int)ExitCode.Done;

            string Table(ParseResult given, List<JsonObject> mine, List<JsonObject> other)
            {
                double median = Median(mine, "pictures_per_second"), theirMedian = Median(other, "pictures_per_second");
                double best = mine.Max(turn => Of(turn, "best_pictures_per_second"));
                double theirBest = other.Max(turn => Of(turn, "best_pictures_per_second"));
                double pipeline = mine.Max(turn => Of(turn, "pipeline_pictures_per_second"));
                double gigabytes = mine.Max(turn => Of(turn, "peak_memory_bytes")) / 1e9;
                string precision = given.GetValue(mixedPrecision) ? ", mixed precision" : "";
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    {DateTime.UtcNow:yyyy-MM-dd}, {given.GetValue(network)} at {given.GetValue(size)} pixels, every layer learning,
                    AdamW, batch {given.GetValue(batch)}, {given.GetValue(threads)} threads{precision}, {rounds} turns
                    of {given.GetValue(steps)} steps each.

                    | pictures/s | median of the turns | fastest step | pages asked of the system in a step |
                    |---|---|---|---|
                    | PyTorch {other[0]["version"]} | {theirMedian:0.0} | {theirBest:0.0} | {Median(other, "page_faults_per_step"):0} |
                    | ours (TorchSharp) | {median:0.0} | {best:0.0} | {Median(mine, "page_faults_per_step"):0} |
                    | ours by PyTorch's | {median / theirMedian:0.00} | {best / theirBest:0.00} | |

                    The input pipeline (augmentation and preprocessing, one thread) delivers {pipeline:0} pictures/s.
                    Our peak memory: {gigabytes:0.0} GB.

                    """);
            }
        });
        return command;
    }

    private static async Task<JsonObject> AskAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new UserErrorException($"{program} could not be started.");
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
            throw new UserErrorException(
                $"{program} ended with {process.ExitCode}. PyTorch comes with: apt-get install python3-torch python3-torchvision");
        try
        {
            return JsonNode.Parse(output)!.AsObject();
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{program} was expected to write JSON: {error.Message}", ExitCode.Failed);
        }
    }

    private static double Median(List<JsonObject> turns, string field) =>
        turns.Select(turn => Of(turn, field)).Order().ElementAt(turns.Count / 2);

    private static double Of(JsonObject turn, string field) => turn[field]!.GetValue<double>();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
