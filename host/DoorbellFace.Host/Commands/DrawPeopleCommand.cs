using System.CommandLine;
using System.Globalization;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell draw-people OUT: photos of people who do not exist, to train and try things with.</summary>
internal static class DrawPeopleCommand
{
    private const string Family = "family";

    private enum StrangerKind
    {
        Training,
        Measuring,
        Visitors,
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var output = new Argument<DirectoryInfo>("OUT")
        {
            Description = "Folder for the photos, new or empty; each person gets a folder in it.",
        };
        var people = new Option<string>("--people")
        {
            Description = "Whom to draw: the demo's family of four (Anna, Ben, Clara, David), or a number of other people.",
            HelpName = "family|N",
            DefaultValueFactory = _ => Family,
        };
        var photos = new Option<int>("--photos")
        {
            Description = "Photos of each person, 1 or more.", HelpName = "N", DefaultValueFactory = _ => 40,
        };
        var strangers = new Option<int>("--strangers")
        {
            Description = "Strangers besides, each another person with one photo; 0 for none.", HelpName = "N",
        };
        var strangersOut = new Option<DirectoryInfo?>("--strangers-out")
        {
            Description = "Folder for the strangers, new or empty; without it, OUT-strangers.", HelpName = "DIR",
        };
        var kind = new ChoiceOption<StrangerKind>("--strangers-for", StrangerKind.Training)
        {
            Description = "What they are for: training, measuring or visitors. Nobody is drawn for two of these.",
            HelpName = "USE",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another number gives other scenes and strangers, the same number the same files; 0 or more.", HelpName = "S",
            DefaultValueFactory = _ => 1,
        };
        var size = new Option<string>("--size")
        {
            Description = "Size of the photos in pixels, 64x64 to 4000x4000.", HelpName = "WxH", DefaultValueFactory = _ => "320x240",
        };
        var json = CommonOptions.Json();
        var command = new Command("draw-people", "Draw photos of people who do not exist, to train and try things with.")
        {
            output, people, photos, strangers, strangersOut, kind, seed, size, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            string folder = parsed.GetValue(output)!.FullName;
            string strangersFolder = parsed.GetValue(strangersOut)?.FullName ?? folder.TrimEnd(Path.DirectorySeparatorChar) + "-strangers";
            int photoCount = AtLeast(1, parsed.GetValue(photos), "--photos"),
                strangerCount = AtLeast(0, parsed.GetValue(strangers), "--strangers");
            int lot = AtLeast(0, parsed.GetValue(seed), "--seed");
            (int width, int height) = FrameSize.Parse(parsed.GetValue(size)!, "--size");
            var drawings = new List<Drawing>();
            IReadOnlyList<FamilyMember> named = NamedPeople(parsed.GetValue(people)!);
            for (int i = 0; i < named.Count; i++)
            {
                for (int photo = 0; photo < photoCount; photo++)
                    drawings.Add(new Drawing(named[i].Person, SceneSeed(lot, i, photo),
                        Path.Combine(folder, named[i].Name, Numbered("", photo + 1, 3) + ".png")));
            }
            for (int i = 0; i < strangerCount; i++)
            {
                string place = Path.Combine(strangersFolder, Numbered("Stranger-", i + 1, 4), "001.png");
                drawings.Add(new Drawing(Stranger(kind.Of(parsed), lot, i), SceneSeed(lot, -1 - i, 0), place));
            }
            RequireEmpty(folder);
            if (strangerCount > 0) RequireEmpty(strangersFolder);
            DrawAll(drawings, width, height, cancellation);
            if (parsed.GetValue(json))
                Screen.WriteJson(
                    new { folder, people = named.Select(person =>
                        person.Name), photos_each = photoCount, strangers_folder = strangerCount > 0
                            ? strangersFolder
                            : null, strangers = strangerCount });
            else
                Console.Out.WriteLine(Summary(folder, named.Count, photoCount, strangersFolder, strangerCount));
            return (int)ExitCode.Done;
        }
    }

    private static void DrawAll(List<Drawing> drawings, int width, int height, CancellationToken cancellation)
    {
        var variation = new SceneVariation { FrameWidth = width, FrameHeight = height };
        foreach (string folder in drawings.Select(drawing => Path.GetDirectoryName(drawing.Path)!).Distinct())
            Directory.CreateDirectory(folder);
        Screen.WithProgress("Drawing", drawings.Count, step =>
        {
            var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.ForEach(drawings, options, drawing =>
            {
                PictureFile.Write(drawing.Path,
                    FaceRenderer.Render(drawing.Person, DrawnScene.Random(drawing.SceneSeed, variation), width, height));
                step();
            });
            return true;
        });
    }

    private static IReadOnlyList<FamilyMember> NamedPeople(string people)
    {
        if (string.Equals(people, Family, StringComparison.OrdinalIgnoreCase)) return DrawnFamily.All;
        if (!int.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1000)
            throw new UserErrorException($"--people is '{people}': expected family, or a number from 1 to 1000.", ExitCode.WrongUsage);
        return [.. Enumerable.Range(0, count).Select(i =>
            new FamilyMember(Numbered("Person-", i + 1, 3), DrawnStrangers.OfAnotherFamily(i)))];
    }

    /// <summary>Each seed starts at another place of the range, so that two runs seldom share a stranger.</summary>
    private static DrawnPerson Stranger(StrangerKind kind, int seed, int number)
    {
        int index = (int)(((seed * 9973L) + number) % DrawnStrangers.RangeLength);
        return kind switch
        {
            StrangerKind.Measuring => DrawnStrangers.ForMeasuring(index),
            StrangerKind.Visitors => DrawnStrangers.Visitor(index),
            _ => DrawnStrangers.ForTraining(index),
        };
    }

    private static int SceneSeed(int seed, int person, int photo) => unchecked((seed * 1_000_003) + (person * 10_007) + photo);

    private static string Numbered(string prefix, int number, int digits) =>
        prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static int AtLeast(int least, int value, string option) =>
        value >= least ? value : throw new UserErrorException($"{option} is {value}: expected {least} or more.", ExitCode.WrongUsage);

    private static void RequireEmpty(string folder)
    {
        if (File.Exists(folder)) throw new UserErrorException($"A folder was expected for the photos, but '{folder}' is a file.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UserErrorException(
                $"'{folder}' is not empty. The photos need a new or empty folder, so that they are not mixed with others.");
    }

    private static string Summary(string folder, int people, int photos, string strangersFolder, int strangers)
    {
        string summary = $"Drew {people * photos} photos of {people} people into {folder}.";
        return strangers == 0 ? summary : $"{summary}\nDrew {strangers} strangers into {strangersFolder}.";
    }

    private sealed record Drawing(DrawnPerson Person, int SceneSeed, string Path);
}
