using System.CommandLine;
using DoorbellFace.Application.Faces;
using DoorbellFace.Host.Composition;
using DoorbellFace.Measuring;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell evaluate company: what is said of two people who stand at the door at once.</summary>
internal sealed class EvaluateCompanyCommand
{
    private readonly Option<DirectoryInfo> _enrollPeople = new("--enroll-people")
    {
        Description = "Folder with one folder of photos for each person of the family, to enrol with.", HelpName = "DIR", Required = true,
    };
    private readonly Option<DirectoryInfo> _people = new("--people")
    {
        Description = "Folder like it, with the photos of those who come.", HelpName = "DIR", Required = true,
    };
    private readonly Option<DirectoryInfo?> _strangers = new("--strangers")
    {
        Description = "Folder with photos of people who are not family, loose or in a folder for each.", HelpName = "DIR",
    };
    private readonly Option<int> _camera = new("--camera")
    {
        Description = "Height of both faces in the doorbell's frame, in pixels: 40 to 110.", HelpName = "N", DefaultValueFactory = _ => 64,
    };
    private readonly Option<int> _frames = new("--frames")
    {
        Description = "Frames of each visit: 2 to 12.", HelpName = "N", DefaultValueFactory = _ => 6,
    };
    private readonly Option<bool> _swap = new("--swap") { Description = "After half of the frames the two change places." };
    private readonly Option<int> _pairs = new("--pairs")
    {
        Description = "Pairs of each kind at most.", HelpName = "N", DefaultValueFactory = _ => 60,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides the pairs and the camera's noise.", HelpName = "S", DefaultValueFactory = _ => 1,
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new EvaluateCompanyCommand();
        var command = new Command("company",
            "Measure what is said of two people who stand at the door at once: photos side by side, through camera, search and networks.")
        {
            options._enrollPeople, options._people, options._strangers, options._camera, options._frames, options._swap, options._pairs,
                options._seed, options._json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(options.Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        int camera = InRange(parsed.GetValue(_camera), "--camera", 40, 110), frames = InRange(parsed.GetValue(_frames), "--frames", 2, 12),
            pairs = InRange(parsed.GetValue(_pairs), "--pairs", 1, 100_000);
        IReadOnlyList<PersonPhotos> enrolment =
            PeopleFolder.Read(parsed.GetValue(_enrollPeople)!.FullName, looseArePeople: false, Screen.Remark);
        IReadOnlyList<PersonPhotos> people = PeopleFolder.Read(parsed.GetValue(_people)!.FullName, looseArePeople: false, Screen.Remark);
        IReadOnlyList<PersonPhotos> strangers = parsed.GetValue(_strangers) is { } folder
            ? PeopleFolder.Read(folder.FullName, looseArePeople: true, Screen.Remark)
            : [];
        using FaceEngine engine = new FaceModels().LoadEngine(null);
        var evaluation =
            new CompanyEvaluation(engine, new CompanySettings(camera, frames, parsed.GetValue(_swap), pairs, parsed.GetValue(_seed)));
        CompanyResult result =
            Screen.WithProgress("looking at pairs", pairs * (strangers.Count > 0 ? 2 : 1), onPair =>
                evaluation.Run(enrolment, people, strangers, onPair, stop));
        if (parsed.GetValue(_json)) Screen.WriteJson(result);
        else Report(result);
        return (int)ExitCode.Done;
    }

    private static void Report(CompanyResult result)
    {
        Console.Out.WriteLine($"{result.Pairs} pairs of two family members:");
        Console.Out.WriteLine($"  both by their names:                {result.BothNamed}");
        Console.Out.WriteLine($"  one by name, \"with\" somebody:       {result.OneNamed}");
        Console.Out.WriteLine($"  one by name, the other overlooked:  {result.OneOverlooked}");
        Console.Out.WriteLine($"  nobody by name:                     {result.NoneNamed}");
        Console.Out.WriteLine($"  a name of somebody who is not there: {result.WrongName}");
        if (result.WithStranger == 0) return;
        Console.Out.WriteLine($"{result.WithStranger} pairs of a family member and a stranger:");
        Console.Out.WriteLine($"  the member by name, with a stranger: {result.NamedWithStranger}");
        Console.Out.WriteLine($"  a name for the stranger:             {result.StrangerNamed}");
    }

    private static int InRange(int value, string option, int least, int most) =>
        value >= least && value <= most
            ? value
            : throw new UserErrorException($"{option} is {value}; expected {least} to {most}.", ExitCode.WrongUsage);
}
