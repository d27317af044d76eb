using System.Collections.Concurrent;
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Application.Page;
using DoorbellFace.Host.Commands.Setup;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Tests.Pipeline;
using DoorbellFace.Host.Tests.VoiceScenes;
using DoorbellFace.Simulation.Drawing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>The set-up as it is lived through: what it says is answered as a person at the keyboard would.</summary>
[Collection(nameof(StandardOutput))]
public sealed class SetupCommandTests : IDisposable
{
    private static readonly SetupTimes Patient = new()
    {
        Press = TimeSpan.FromMinutes(3), Ring = TimeSpan.FromMinutes(3), Found = TimeSpan.FromMinutes(3),
        Coach = new CoachOptions
        {
            PerPose = TimeSpan.FromSeconds(8), BetweenFrames = TimeSpan.FromMilliseconds(20), ToSettle = TimeSpan.FromMilliseconds(100),
            BetweenSentences = TimeSpan.FromSeconds(1),
        },
    };

    private readonly TemporaryFolder _folder = new();

    public SetupCommandTests() => File.WriteAllText(Settings, """
        { // by hand
          "sound": { "output": "none", "voice": "en-us" }, }
        """);

    private string Settings => _folder["doorbell.json"];

    [Fact]
    public async Task From_nothing_to_the_first_person_recognised()
    {
        int seed = 0;
        PixelBuffer[] anna = [.. Enumerable.Range(40_000_100, 40).Select(one => SceneHouse.Standing(DrawnFamily.Anna.Person, one))];
        await using var doorbell = new DoorbellAtTheDoor(scene: () => anna[Interlocked.Increment(ref seed) % anna.Length]);

        (int code, string[] heard) = await RunAsync(said => said switch
        {
            _ when said.StartsWith("לעברית", StringComparison.Ordinal) => "1",
            _ when said.StartsWith("This is the bell", StringComparison.Ordinal) => "",
            _ when said.StartsWith("I speak like this", StringComparison.Ordinal) => "",
            _ when said.StartsWith("Put that right", StringComparison.Ordinal) => "",
            _ when said.StartsWith("Shall I help", StringComparison.Ordinal) => "7",
            _ when said.StartsWith("Press the bell's button", StringComparison.Ordinal) => Press(doorbell),
            _ when said.StartsWith("Whom shall I know", StringComparison.Ordinal) => "Anna",
            _ when said.StartsWith("Anna stands at the door", StringComparison.Ordinal) => "",
            _ when said.StartsWith("Now Anna rings", StringComparison.Ordinal) => Press(doorbell),
            _ when said.StartsWith("Press Enter to try again", StringComparison.Ordinal) => "",
            _ => null,
        }, "--port", doorbell.PortPath);

        Assert.True(code == 0, string.Join('\n', heard));
        Assert.StartsWith("That was right.", heard[^1], StringComparison.Ordinal);
        Assert.Contains("I heard the bell.", heard);
        Assert.True(Array.IndexOf(heard, "I will know Anna from now on.") < Array.FindIndex(heard, said => said.StartsWith("Now Anna rings",
            StringComparison.Ordinal)), string.Join('\n', heard));
        var house = new HouseServices(_folder["data"], NullLogger.Instance);
        Assert.Equal("Anna", Assert.Single(house.People.List()).Name);
        Assert.Equal([AuditAct.SettingsChanged, AuditAct.Enrolled], house.Audit.Last(10).Select(entry => entry.Act));
        Assert.False(File.Exists(_folder["data/setup-step"]));
    }

    [Fact]
    public async Task It_speaks_the_language_that_was_chosen_stops_when_told_to_and_goes_on_where_it_was()
    {
        (int code, string[] heard) = await RunAsync(said => said switch
        {
            _ when said.StartsWith("לעברית", StringComparison.Ordinal) => "5\n2",
            _ when said.StartsWith("Das ist die Klingel", StringComparison.Ordinal) => "1",
            _ when said.StartsWith("Das waren alle", StringComparison.Ordinal) => "7",
            _ when said.StartsWith("So schnell", StringComparison.Ordinal) => "9",
            _ => null,
        });

        Assert.Equal(1, code);
        Assert.Contains(heard, said => said.StartsWith("Willkommen", StringComparison.Ordinal));
        Assert.StartsWith("Wir hören hier auf.", heard[^1], StringComparison.Ordinal);
        Assert.Equal("2", await File.ReadAllTextAsync(_folder["data/setup-step"]));

        int asked = 0, wrong = 0;
        (_, heard) = await RunAsync(said => said switch
        {
            _ when said.StartsWith("So schnell", StringComparison.Ordinal) => asked++ switch { 0 => "1", 1 => "", _ => "9" },
            _ when said.StartsWith("Bringe das in Ordnung", StringComparison.Ordinal) => wrong++ == 0 ? "0" : "8",
            _ => null,
        }, "--port", _folder["no-port"]);

        Assert.StartsWith("Wir machen weiter", heard[0], StringComparison.Ordinal);
        Assert.Equal(2, heard.Count(said => said.StartsWith("Bringe das in Ordnung", StringComparison.Ordinal)));
        Assert.Equal(3, asked);
        JsonNode kept = JsonNode.Parse(await File.ReadAllTextAsync(Settings))!;
        Assert.Equal(("de", 200), ((string?)kept["language"], (int?)kept["sound"]!["words_per_minute"]));
        Assert.Equal(("none", "en-us"), ((string?)kept["sound"]!["output"], (string?)kept["sound"]!["voice"]));
        Assert.Contains("by hand", await File.ReadAllTextAsync(Settings + ".before-setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_end_stop_it()
    {
        (int code, string[] heard) = await RunAsync(said => said.StartsWith("לעברית", StringComparison.Ordinal) ? "\u0004" : null);

        Assert.Equal(1, code);
        Assert.Equal("We stop here. Start the set-up again, and we go on.", heard[^1]);
    }

    public void Dispose() => _folder.Dispose();

    private static string? Press(DoorbellAtTheDoor doorbell)
    {
        doorbell.Press();
        return null;
    }

    /// <summary>Runs it, and answers what it says; null: nothing is answered.</summary>
    private async Task<(int Code, string[] Heard)> RunAsync(Func<string, string?> answer, params string[] words)
    {
        (TextReader input, TextWriter output) = (Console.In, Console.Out);
        using var person = new Person(answer);
        try
        {
            Console.SetIn(person.Answers);
            Console.SetOut(person);
            ParseResult parsed = SetupCommand.Create(Patient).Parse(["--settings", Settings, "--data", _folder["data"], .. words]);
            Assert.Empty(parsed.Errors);
            int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return (code, [.. person.Heard]);
        }
        finally
        {
            Console.SetIn(input);
            Console.SetOut(output);
        }
    }

    /// <summary>Reads what is written, and types.</summary>
    private sealed class Person(Func<string, string?> answer) : TextWriter
    {
        private readonly BlockingCollection<string?> _typed = [];

        public ConcurrentQueue<string> Heard { get; } = new();

        public TextReader Answers => new Typed(_typed);

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Heard.Enqueue(value ?? "");
            if (answer(value ?? "") is not { } text) return;
            foreach (string line in text.Split('\n')) _typed.Add(line == "\u0004" ? null : line);
        }

        private sealed class Typed(BlockingCollection<string?> lines) : TextReader
        {
            public override string? ReadLine() => lines.Take();
        }
    }
}
