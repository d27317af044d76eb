using System.CommandLine;
using System.Diagnostics;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Screens;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell demo: the whole path without hardware. Everything is the real thing but the photons and the silicon.</summary>
internal static class DemoCommand
{
    private const int BaudRateBitsPerSecond = 1_000_000;

    /// <summary>A scene's seed, apart from those of the training photos: the model has seen these people, but not these pictures.</summary>
    private const int FirstSceneSeed = 40_000_000;

    /// <summary>Each seed brings a stranger of its own; there are so many.</summary>
    private const int MostSeeds = 1_000_000;

    /// <summary>A ring sooner after an answer would count as the same visitor's impatience.</summary>
    private static readonly TimeSpan BetweenVisitors = new VisitOptions().ImpatienceTime + TimeSpan.FromSeconds(0.5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for the frames and the sound.", HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("demo-output"),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Other visitors and other light: 1 to 1000000.", HelpName = "N", DefaultValueFactory = _ => 1,
        };
        var model = new Option<DirectoryInfo?>("--model")
        {
            Description = "Another model than the backbone that comes with the program.", HelpName = "DIR",
        };
        var detector = new DetectorOptions();
        var firmware = new Option<bool>("--firmware")
        {
            Description = "The doorbell is the real firmware, executed cycle by cycle in its simulator.",
        };
        var photos = new Option<DirectoryInfo?>("--photos")
        {
            Description =
                "Your own family instead of a drawn one: a folder with a folder of photos for each person. Half of the photos are "
                + "enrolled, the others ring. Nothing is kept.",
            HelpName = "DIR",
        };
        var strangers = new Option<DirectoryInfo?>("--strangers")
        {
            Description = "With --photos: photos of people who are nobody's family; they ring as well.", HelpName = "DIR",
        };
        var visits = new Option<int>("--visits")
        {
            Description = "With --photos: how many ring at most, everybody in turn.", HelpName = "N", DefaultValueFactory = _ => 12,
        };
        var json = CommonOptions.Json("Write one JSON object per event.");
        var command = new Command("demo",
            "Ring three times, without any hardware: two of a drawn family and a stranger come to a doorbell made of software. With "
            + "--photos your own family comes.")
        {
            output, seed, photos, strangers, visits, model, firmware, json,
        };
        detector.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            DirectoryInfo? family = parsed.GetValue(photos);
            int most = parsed.GetValue(visits);
            if (family is null && parsed.GetValue(strangers) is not null)
                throw new UserErrorException("--strangers goes with --photos.", ExitCode.WrongUsage);
            if (most < 1) throw new UserErrorException($"--visits is 1 or more; it was {most}.", ExitCode.WrongUsage);
            DemoPhotos? own = family is null ? null : new DemoPhotos(family.FullName, parsed.GetValue(strangers)?.FullName, most);
            return RunAsync(
                parsed.GetValue(output)!.FullName, parsed.GetValue(seed), own, parsed.GetValue(model)?.FullName, detector.Read(parsed),
                    parsed.GetValue(firmware), parsed.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string output, int seed, DemoPhotos? photos, string? modelFolder, DetectorChoice detector, bool firmware, bool json,
            CancellationToken stop)
    {
        if (seed is < 1 or > MostSeeds) throw new UserErrorException($"--seed is 1 to {MostSeeds}; it was {seed}.", ExitCode.WrongUsage);
        var time = SteadyTime.Of(TimeProvider.System);
        long started = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(output);
        IReadOnlyList<DemoVisitor> visitors = photos?.Visitors() ?? DrawVisitors(seed, output);
        using var models = LoadRecognition(modelFolder, detector, photos);
        FixedRecognition recognition = models.Recognition;

        var log = new RemarkLogger(LogLevel.Warning);
        string wav = Path.Combine(output, "demo.wav");
        SpeechQueue speaker = Speaker.Create(new SpeechOptions { WavPath = wav }, time, log);
        await using (speaker)
        {
            var pictures = new PictureSubscriber(output);
            var answers = new AnswerSubscriber();
            DemoDoor door = firmware
                ? await DemoDoor.OfFirmwareAsync(BaudRateBitsPerSecond, stop)
                : DemoDoor.OfSoftware(BaudRateBitsPerSecond, time);
            await using (door)
            {
                Screen.Remark(
                    $"The doorbell{(firmware ? "'s real firmware" : " made of software")} is at {door.PortPath}, "
                    + $"{BaudRateBitsPerSecond:N0} bit/s.");
                await RingAndListenAsync(door, visitors, recognition, speaker, [pictures, answers], time, log, json, stop);
            }

            (DemoVisitor Visitor, VisitRecord Visit)[] visits = [.. visitors.Zip(answers.Ended)];
            int right = visits.Count(one => one.Visitor.IsRightlyAnsweredBy(one.Visit));
            foreach (string sentence in DemoVisitor.InWords(visits)) Screen.Remark(sentence);
            Screen.Remark(
                $"{right} of {visitors.Count} visitors were announced correctly. Frames: "
                + $"{string.Join(", ", pictures.Written.Select(Path.GetFileName))}; sound: {Path.GetFileName(wav)}; all in {output}. It "
                + $"took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
            return (int)(right == visitors.Count ? ExitCode.Done : ExitCode.Failed);
        }
    }

    private static async Task RingAndListenAsync(
        DemoDoor door, IReadOnlyList<DemoVisitor> visitors, FixedRecognition recognition, SpeechQueue speaker,
            IReadOnlyList<IDoorSubscriber> subscribers, SteadyTime time, RemarkLogger log, bool json, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var link = new DoorbellLink(DoorbellLinkOptions.ForPort(door.PortPath, BaudRateBitsPerSecond), time, log);
        await using (link)
        {
            var parts = new DoorParts(link, speaker, recognition, [new ScreenSubscriber(json), .. subscribers]);
            Task listening = new RunningDoor(parts, time, log).RunAsync(over.Token);
            foreach (DemoVisitor visitor in visitors)
            {
                Screen.Remark($"At the door now: {visitor.Truth}.");
                await door.PlayAsync(visitor.Picture, stop);
                await speaker.DrainAsync(stop);
                if (visitor != visitors[^1]) await Task.Delay(BetweenVisitors, time, stop);
            }
            await over.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (listening.IsFaulted) await listening;
        }
    }

    /// <summary>Two of the family and a stranger between them, drawn also into a folder.</summary>
    internal static IReadOnlyList<DemoVisitor> DrawVisitors(int seed, string output)
    {
        int stranger = seed - 1;
        FamilyMember first = DrawnFamily.All[stranger % DrawnFamily.All.Count],
            second = DrawnFamily.All[(stranger + 1) % DrawnFamily.All.Count];
        (string Truth, string? Name, DrawnPerson Person)[] people =
        [
            ($"{first.Name}, one of the family", first.Name, first.Person),
            ("a stranger", null, DrawnStrangers.Visitor(stranger)),
            ($"{second.Name}, one of the family", second.Name, second.Person),
        ];
        return [.. people.Select((visitor, index) =>
        {
            DrawnScene scene = DrawnScene.Random(FirstSceneSeed + (seed * 10) + index, SceneVariation.Visiting);
            PixelBuffer picture = FaceRenderer.Render(visitor.Person, scene, 320, 240);
            PictureFile.Write(Path.Combine(output, $"drawn-{index + 1:00}.png"), picture);
            return new DemoVisitor(visitor.Truth, visitor.Name, picture);
        })];
    }

    /// <summary>
    /// The backbone has never seen this family: it gets to know them from a few drawn photos each, as it would a real one. A model that was
    /// trained on them knows them already.
    /// </summary>
    private static LoadedModels LoadRecognition(string? modelFolder, DetectorChoice detector, DemoPhotos? photos)
    {
        string drawn = photos is null ? $"A family was drawn: {string.Join(", ", DrawnFamily.All.Select(member => member.Name))}. " : "";
        FaceModels models = detector.Models();
        if (modelFolder is not null && models.TaskOf(modelFolder) == ModelTask.Classification)
        {
            Screen.Remark($"{drawn}Loading the model that knows the family ...");
            ClassifierEngine classifier = models.LoadClassifier(modelFolder);
            classifier.WarmUp();
            return new LoadedModels(classifier, FixedRecognition.Of(classifier));
        }
        FaceEngine engine = models.LoadEngine(modelFolder);
        try
        {
            Household household = photos is not null
                ? engine.HouseholdOf(photos.Enrol(engine, new RemarkLogger(LogLevel.Warning)).People)
                : Screen.WithProgress($"{drawn}Enrolling them", DrawnEnrolment.PhotosOf(DrawnFamily.All), onPhoto =>
                    DrawnEnrolment.HouseholdOf(engine, DrawnFamily.All, onPhoto));
            engine.WarmUp();
            return new LoadedModels(engine, FixedRecognition.Of(engine, household));
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private sealed record LoadedModels(IDisposable Engine, FixedRecognition Recognition) : IDisposable
    {
        public void Dispose() => Engine.Dispose();
    }

    /// <summary>Remembers how the visits ended.</summary>
    private sealed class AnswerSubscriber : IDoorSubscriber
    {
        public string Name => "the demonstration";

        public List<VisitRecord> Ended { get; } = [];

        public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
        {
            if (happened is VisitChanged { Happened: VisitEnded ended }) Ended.Add(ended.Visit);
            return ValueTask.CompletedTask;
        }
    }
}
