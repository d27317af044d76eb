using System.CommandLine;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Host.Composition;
using DoorbellFace.Measuring;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell evaluate strangers: whether strangers who come again are known again.</summary>
internal sealed class EvaluateStrangersCommand
{
    private readonly Option<DirectoryInfo> _people = new("--people")
    {
        Description = "Folder with one folder of photos for each stranger.", HelpName = "DIR", Required = true,
    };
    private readonly Option<int> _camera = new("--camera")
    {
        Description = "Height of the face in the doorbell's frame, in pixels: 40 to 200.", HelpName = "N", DefaultValueFactory = _ => 80,
    };
    private readonly Option<int> _frames = new("--frames")
    {
        Description = "Frames of the later visit: 2 to 12.", HelpName = "N", DefaultValueFactory = _ => 2,
    };
    private readonly Option<int> _most = new("--most")
    {
        Description = "People at most, evenly spread.", HelpName = "N", DefaultValueFactory = _ => 400,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides the camera's noise.", HelpName = "S", DefaultValueFactory = _ => 1,
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new EvaluateStrangersCommand();
        var command = new Command("strangers",
            "Measure how often a stranger who comes again is known again, and how often one is taken for another.")
        {
            options._people, options._camera, options._frames, options._most, options._seed, options._json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(options.Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var settings = new StrangerSettings(
            parsed.InRange(_camera, 40, 200), parsed.InRange(_frames, 2, 12), parsed.GetValue(_seed));
        int most = parsed.InRange(_most, 2, 100_000);
        PersonPhotos[] several =
            [.. PeopleFolder.Read(parsed.GetValue(_people)!.FullName, looseArePeople: false, Screen.Remark)
                .Where(person => person.Photos.Count >= 2)];
        int taken = Math.Min(most, several.Length);
        PersonPhotos[] people = [.. Enumerable.Range(0, taken).Select(i => several[i * several.Length / taken])];
        if (people.Length < 2)
            throw new UserErrorException($"Two people with two photos each are needed at least; found {people.Length}.");
        using FaceEngine engine = new FaceModels().LoadEngine(null);
        StrangerResult result = Screen.WithProgress("looking at strangers", people.Length + ((people.Length + 1) / 2), onPerson =>
            new StrangerEvaluation(engine, settings).Run(people, onPerson, stop));
        if (parsed.GetValue(_json)) Screen.WriteJson(result);
        else Report(result);
        return (int)ExitCode.Done;
    }

    private static void Report(StrangerResult result)
    {
        Console.Out.WriteLine($"{result.Remembered} strangers had been there once.");
        Console.Out.WriteLine($"They came again {result.Again} times: known again {Share(result.KnownAgain, result.Again)}, "
            + $"taken for another {Share(result.TakenForAnother, result.Again)}.");
        Console.Out.WriteLine($"Others came {result.First} times for the first time: said to have been there "
            + $"{Share(result.FirstTakenForAnother, result.First)}.");
    }

    private static string Share(int count, int of) =>
        of > 0 && Rate.OfSuccesses(count, of) is var rate ? $"{count} ({rate.Value:P1}; 95 %: {rate.Low:P1} to {rate.High:P1})" : "-";
}
