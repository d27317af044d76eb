using System.CommandLine;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Review;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell review FACES: names crops that look wrong, and sets them aside.</summary>
internal static class ReviewCommand
{
    private const int Listed = 30;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var faces = new Argument<string>("FACES")
        {
            Description = "Folder with one folder of face crops for each person (./doorbell prepare makes it).",
        };
        var apply = new Option<bool>("--apply")
        {
            Description = "Set aside what the last review named, into FACES-set-aside. Nothing is deleted.",
        };
        var undo = new Option<bool>("--undo") { Description = "Bring everything back that was set aside." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command =
            new Command("review",
                "Look through faces for what is no face or another person's; makes a page to look at, review.html, and the list "
                + "review.json.") { faces, apply, undo, json };
        command.SetAction((parsed, stop) =>
            Task.FromResult(Run(parsed.GetValue(faces)!, parsed.GetValue(apply), parsed.GetValue(undo), parsed.GetValue(json), stop)));
        return command;
    }

    private static int Run(string faces, bool apply, bool undo, bool json, CancellationToken stop)
    {
        if (apply && undo) throw new UserErrorException("--apply and --undo are opposites; give one of them.", ExitCode.WrongUsage);
        var passedOver = new List<SkippedFile>();
        IReadOnlyList<PersonFolder> people = ImageFolder.Scan(faces, passedOver);
        foreach (SkippedFile file in passedOver) Screen.Remark($"Passed over: {file.Reason}");
        var files = new ReviewFiles(faces);
        if (apply || undo)
            return Tell(apply ? files.SetAside() : files.BringBack(), apply ? $"Set aside, into {files.SetAsideFolder}" : "Brought back",
                json);

        (int crops, IReadOnlyList<CropSuggestion> suggestions) = FaceSteps.Review(faces, people, stop);
        if (json)
        {
            Screen.WriteJson(new { crops, suggestions, page = files.Page, list = files.List });
            return (int)ExitCode.Done;
        }
        if (suggestions.Count == 0) Console.Out.WriteLine($"None of {crops} faces looks wrong.");
        foreach (CropSuggestion suggestion in suggestions.Take(Listed)) Console.Out.WriteLine($"{suggestion.Crop}: {suggestion.Reason}");
        if (suggestions.Count > Listed) Console.Out.WriteLine($"... and {suggestions.Count - Listed} more, in {files.List}");
        Console.Out.WriteLine($"To look at: {files.Page}");
        if (suggestions.Count > 0)
            Console.Out.WriteLine(
                $"If {(suggestions.Count == 1 ? "it is" : $"these {suggestions.Count} are")} wrong: ./doorbell review "
                + $"{ShellWords.Quote(faces)} --apply sets {(suggestions.Count == 1 ? "it" : "them")} aside. What is right can be taken "
                + $"out of {files.List} before.");
        return (int)ExitCode.Done;
    }

    private static int Tell(IReadOnlyList<string> crops, string what, bool json)
    {
        if (json) Screen.WriteJson(new { moved = crops });
        else Console.Out.WriteLine($"{what}: {crops.Count} faces.");
        return (int)ExitCode.Done;
    }
}
