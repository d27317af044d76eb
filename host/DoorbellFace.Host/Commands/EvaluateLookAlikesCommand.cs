using System.CommandLine;
using System.Globalization;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Measuring;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Spectre.Console;

namespace DoorbellFace.Host.Commands;

/// <summary>
/// ./doorbell evaluate look-alikes: the headline figures of recognition, on people whom nobody chose settings with and strangers who
/// resemble them.
/// </summary>
internal sealed class EvaluateLookAlikesCommand
{
    /// <summary>People of the teacher's own stranger bank: half as many as are in the product's, and each of them in one photo.</summary>
    private const int TeachersBank = 512;

    private static readonly int[] Seeds = [1, 2, 3];

    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "Folder with the measuring photos: lfw, glint20, imfdb8, fivecelebs, webfaces and the lists under splits.",
        HelpName = "DIR", Required = true,
    };
    private readonly ChoiceOption<WebPart> _part = new("--part", WebPart.Look)
    {
        Description = "Which half of the web strangers: look while choosing settings, blind for what is reported.",
    };
    private readonly Option<string[]> _sets = new("--set")
    {
        Description = "Only these sets; by default all.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true,
    };
    private readonly CameraOption _camera =
        new("--camera",
            "How the photos to be asked about are seen: none (as they are), or height of the face in the doorbell's frame, in pixels.");
    private readonly FramesOption _frames = new();
    private readonly WearOption _wear = new("the faces that are asked about, of family and strangers");
    private readonly Option<FileInfo?> _teacher = new("--teacher")
    {
        Description = "The teacher's .onnx file, to measure it beside the backbone: same faces, same landmarks, same gray.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _inColor = new("--teacher-in-colour")
    {
        Description = "Show the teacher photos in their colours, which the backbone never sees.",
    };
    private readonly Option<DirectoryInfo?> _model = new("--model")
    {
        Description = "Folder of another backbone than the one that comes with the program.", HelpName = "DIR",
    };
    private readonly Option<FileInfo?> _faces = new("--faces")
    {
        Description = "File that keeps where the faces lie: another backbone is then measured in a fraction of the time.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    private EvaluateLookAlikesCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new EvaluateLookAlikesCommand();
        var command = new Command("look-alikes",
            "Measure names and strangers on households whose strangers resemble them, with intervals over people, the worst strangers and "
            + "the teacher beside.")
        {
            options._data, options._part, options._sets, options._camera, options._frames, options._wear, options._teacher,
                options._inColor, options._model, options._faces, options._json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(options.Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        string data = parsed.GetValue(_data)!.FullName;
        var settings = new LookAlikeSettings(EnrolmentPhotos: 10, Seeds, _camera.HeightIn(parsed)) { Worn = _wear.Of(parsed) };
        int frames = _frames.Of(parsed, settings.Camera);
        string? teacherFile = parsed.GetValue(_teacher)?.FullName;
        bool inColor = parsed.GetValue(_inColor);
        if (inColor && (teacherFile is null || settings.Camera is not null || settings.Worn.Count > 0))
            throw new UserErrorException(
                "--teacher-in-colour needs --teacher, and photos as they are: the doorbell's camera sees gray. Leave out --camera and "
                + "--wear.",
                ExitCode.WrongUsage);
        string[] wanted = parsed.GetValue(_sets) ?? [];
        IReadOnlyList<LookAlikeSet> all = LookAlikeSets.In(data, _part.Of(parsed));
        if (wanted.FirstOrDefault(name => all.All(set => set.Name != name)) is { } unknown)
            throw new UserErrorException($"There is no set '{unknown}'; expected {string.Join(", ", all.Select(set => set.Name))}.",
                ExitCode.WrongUsage);
        LookAlikeSet[] sets = [.. all.Where(set => wanted.Length == 0 || wanted.Contains(set.Name))];

        using FaceEngine engine = new FaceModels().LoadEngine(parsed.GetValue(_model)?.FullName);
        using TeacherEmbedder? teacher = teacherFile is null ? null : new TeacherEmbedder(teacherFile, threads: 1);
        using var found = new FoundFaces(parsed.GetValue(_faces)?.FullName);
        IReadOnlyList<IFaceEmbedder> embedders = teacher is null ? [engine.Embedder] : [engine.Embedder, teacher];
        var readings = new PhotoReadings(data, engine, embedders, found, frames, inColor);
        var results = Screen.WithProgress("looking at photos", sets.Sum(LookAlikeEvaluation.CountPhotos), onPhoto =>
        {
            var networks = new List<(ModelManifest, StrangerBank)> { (engine.Embedder.Manifest, engine.Strangers) };
            if (teacher is not null) networks.Add((teacher.Manifest, BankOf(teacher, data, readings)));
            var evaluation = new LookAlikeEvaluation(readings, networks, settings);
            return sets.Select(set => new SetResult(set.Name, evaluation.Run(set, onPhoto, stop))).ToArray();
        });
        if (parsed.GetValue(_json))
        {
            string[] names = ["ours", "teacher"];
            Screen.WriteJson(results.ToDictionary(result => result.Set, result =>
                result.Networks.Select((figures, network) => (names[network], figures))
                    .ToDictionary(pair => pair.Item1, pair => pair.figures)));
        }
        else
        {
            Report(results);
        }
        return (int)ExitCode.Done;
    }

    private static StrangerBank BankOf(TeacherEmbedder teacher, string data, PhotoReadings readings) => StrangerBank.Of(
        teacher.Manifest.ModelSha256,
            [.. LookAlikeSets.BankPhotos(data, TeachersBank).Select(photo => readings.Of(photo, null)).OfType<PhotoReading>()
            .Select(reading => reading.Embeddings[^1])]);

    private static void Report(IEnumerable<SetResult> results)
    {
        string Percent(double rate) => (100 * rate).ToString("0.0", CultureInfo.InvariantCulture);
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumns("set", "network", "closed-set", "TPIR at FPIR 1 %", "TPIR", "FPIR", "worst stranger", "above 10 %");
        foreach (SetResult result in results)
        {
            foreach ((int network, LookAlikeFigures figures) in result.Networks.Index())
            {
                string With(string name, double rate) =>
                    $"{Percent(rate)} ({Percent(figures.Ci95People[name][0])} to {Percent(figures.Ci95People[name][1])})";
                StrangerShare? worst = figures.WorstStrangers is [var first, ..] ? first : null;
                table.AddRow(
                    result.Set, network == 0
                        ? "ours"
                        : "teacher", With("closed_set_accuracy", figures.ClosedSetAccuracy),
                            With("tpir_at_fpir_1pct", figures.TpirAtFpir1Pct), Percent(figures.Tpir), With("fpir", figures.Fpir),
                    worst is null
                        ? ""
                        : Markup.Escape($"{worst.Stranger} {Percent(worst.Fpir)}"),
                            figures.StrangersAbove10Pct.ToString(CultureInfo.InvariantCulture));
            }
        }
        Screen.Output.Write(table);
        foreach (SetResult result in results)
        {
            foreach (GroupShare group in result.Networks[0].Groups)
                Console.Out.WriteLine(
                    $"{result.Set}, {group.Group}: {group.People} strangers, {Percent(group.Fpir)} % named (95 %: {Percent(group.Ci95[0])} "
                    + $"to {Percent(group.Ci95[1])})");
        }
    }

    private sealed record SetResult(string Set, IReadOnlyList<LookAlikeFigures> Networks);
}
