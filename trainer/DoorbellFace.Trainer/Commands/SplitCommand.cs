using System.CommandLine;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell split FACES OUT: divides faces into parts to learn from, to choose with and to measure with.</summary>
internal static class SplitCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var faces = new Argument<string>("FACES")
        {
            Description = "Folder with one folder of face crops for each person. It is only read.",
        };
        var output = new Argument<string>("OUT")
        {
            Description = "New folder for train, val and test, each with a folder for each person (torchvision's ImageFolder).",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Number that decides which picture goes where.", HelpName = "S", DefaultValueFactory = _ => 1,
        };
        var copy = new Option<bool>("--copy") { Description = "Make copies; by default links to the pictures." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command =
            new Command("split",
                "Divide faces 60/20/20 into train, val and test. Pictures of one moment stay on one side. ./doorbell train takes such a "
                + "folder as it is.") { faces, output, seed, copy, json };
        command.SetAction(parsed =>
            Run(parsed.GetValue(faces)!, parsed.GetValue(output)!, parsed.GetValue(seed), parsed.GetValue(copy), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string faces, string output, int seed, bool copy, bool json)
    {
        var splitter = new FolderSplitter(faces, output);
        IReadOnlyList<PersonSplit> people =
            Screen.WithProgress("comparing pictures", splitter.Pictures, onPicture => splitter.Run(seed, copy, onPicture));
        if (json)
        {
            Screen.WriteJson(new { split = Path.GetFullPath(output), seed, people });
            return (int)ExitCode.Done;
        }
        foreach (PersonSplit person in people)
            Console.Out.WriteLine(
                $"{person.Person}: {person.Train} to learn from, {person.Val} to choose with, {person.Test} to measure "
                + $"with{(person.KeptTogether > 0 ? $"; {person.KeptTogether} are of the same moments and stayed together" : "")}");
        Console.Out.WriteLine($"Next: ./doorbell train {ShellWords.Quote(output)}");
        return (int)ExitCode.Done;
    }
}
