using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench door: every photo of some people, and of strangers, rings at a virtual doorbell on a pseudo-terminal; "./doorbell run"
/// listens, as at a real door. Counts what was said of whom, and how fast.
/// </summary>
internal static class DoorBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var model = new Option<DirectoryInfo?>("--model")
        {
            Description = "The model that the host uses; without it, the backbone that comes with the program.", HelpName = "DIR",
        };
        var enroll = new Option<DirectoryInfo?>("--enroll")
        {
            Description = "Photos in one folder per person, enrolled before anyone rings.", HelpName = "DIR",
        };
        var people = new Option<DirectoryInfo?>("--people")
        {
            Description = "Photos in one folder per person; the folder's name is the model's label.", HelpName = "DIR",
        };
        var strangers = new Option<DirectoryInfo?>("--strangers")
        {
            Description = "Photos of strangers in one folder per person.", HelpName = "DIR",
        };
        var strangerList = new Option<FileInfo?>("--stranger-list")
        {
            Description = "Only these strangers: one folder name in each line.", HelpName = "FILE",
        };
        var strangerCount = new Option<int>("--stranger-count")
        {
            Description = "How many strangers ring, evenly spread over the list.", HelpName = "N", DefaultValueFactory = _ => 25,
        };
        var ringEvery = new Option<double>("--ring-every")
        {
            Description = "Seconds from ring to ring. An answer takes up to 6.5, and another 4 pass until a ring is another visitor's.",
            HelpName = "S", DefaultValueFactory = _ => 11,
        };
        var fault = new Option<double>("--fault")
        {
            Description = "Part of the bytes that the cable drops, flips and duplicates, each.", HelpName = "RATE",
        };
        var noise = new Option<double>("--noise")
        {
            Description = "The sensor's noise: standard deviation in gray levels.", HelpName = "SIGMA", DefaultValueFactory = _ => 3,
        };
        var report = new Option<FileInfo?>("--report")
        {
            Description = "Append the figures as a Markdown table to this file.", HelpName = "FILE",
        };
        var title = new Option<string>("--title")
        {
            Description = "Heading of the table in the report.", HelpName = "TEXT", DefaultValueFactory = _ => "At the door",
        };
        var command = new Command("door",
            "Rings with every photo and counts what the host says: right, wrong, unknown, no face; and how fast.")
        {
            model, enroll, people, strangers, strangerList, strangerCount, ringEvery, fault, noise, report, title,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var visitors = new VisitorPhotos(
                parsed.GetValue(people)?.FullName, parsed.GetValue(strangers)?.FullName, parsed.GetValue(strangerList)?.FullName,
                    parsed.GetValue(strangerCount));
            string[] household =
                ["--data", Path.Combine(visitors.Folder, "data"),
                    .. parsed.GetValue(model) is { } given ? new[] { "--model", given.FullName } : []];
            foreach (DirectoryInfo person in parsed.GetValue(enroll)?.EnumerateDirectories()
                .OrderBy(folder => folder.Name, StringComparer.Ordinal) ?? Enumerable.Empty<DirectoryInfo>())
                await EnrollAsync(person, household);
            DoorFigures figures =
                await RingAsync(visitors, household, parsed.GetValue(ringEvery), parsed.GetValue(fault), parsed.GetValue(noise));
            string table = figures.ToMarkdown(parsed.GetValue(title)!);
            Console.Out.Write(table);
            if (parsed.GetValue(report) is { } file) await File.AppendAllTextAsync(file.FullName, table + "\n", stop);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task EnrollAsync(DirectoryInfo person, string[] household)
    {
        using ChildProgram enroll =
            ChildProgram.Start(VisitorPhotos.Launcher(), ["enroll", person.Name, "--photos", person.FullName, .. household]);
        if (await enroll.WaitForExitAsync() is not 0 and var code)
            throw new UserErrorException($"{person.Name} could not be enrolled from '{person.FullName}' (exit code {code}).",
                ExitCode.Failed);
    }

    private static async Task<DoorFigures> RingAsync(VisitorPhotos visitors, string[] household, double ringEvery, double fault,
        double noise)
    {
        string launcher = VisitorPhotos.Launcher();
        string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
        using ChildProgram simulate = ChildProgram.Start(launcher,
            "simulate", "--photos", visitors.Folder, "--list", visitors.ListFile, "--once", "--json", "--ring-every", Text(ringEvery),
                "--noise", Text(noise),
            "--drop", Text(fault), "--flip", Text(fault), "--duplicate", Text(fault));
        string port = (await simulate.WaitForAsync("ready"))["port"]!.GetValue<string>();
        using ChildProgram run = ChildProgram.Start(launcher,
            ["run", "--port", port, "--sound", "wav", "--wav", Path.Combine(visitors.Folder, "door.wav"), "--json", .. household]);
        Screen.Remark(
            $"{visitors.Count} visitors ring, one every {ringEvery:0} s: "
            + $"{TimeSpan.FromSeconds(visitors.Count * ringEvery):m\\:ss} minutes.");
        await simulate.WaitForAsync("end");
        double memory = run.PeakMemoryMebibytes;
        IReadOnlyList<JsonObject> heard = await run.StopAsync();
        IReadOnlyList<JsonObject> truth = await simulate.StopAsync();
        return DoorFigures.Join(visitors, truth, heard, memory);
    }
}
