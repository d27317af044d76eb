using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell pretrain-landmarks: makes the network that finds the landmarks and tells faces from false alarms.</summary>
internal sealed class PretrainLandmarksCommand
{
    /// <summary>
    /// How often each photo is searched for false alarms; there are few photos without faces, and so many with that every second one is
    /// enough.
    /// </summary>
    private const int NonfaceTurns = 20, FaceTurns = 1, FaceEvery = 2;

    private static readonly LandmarkSettings Defaults = new();

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder with the photos to learn from and the lists of people who must not be learnt from.", HelpName = "DIR",
        Required = true,
    };
    private readonly Option<string?> _teacher = new("--teacher")
    {
        Description = "Folder with the teacher's networks; needed unless --harvest is given.", HelpName = "DIR",
    };
    private readonly Option<string?> _harvest = new("--harvest")
    {
        Description = "Folder with what the teacher said of the photos (./doorbell pretrain makes it too); by default made in --out.",
        HelpName = "DIR",
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for what the teacher said, the checkpoint and the model.", HelpName = "DIR", Required = true,
    };
    private readonly Option<string?> _earlier = new("--earlier")
    {
        Description =
            "Model folder of a network made before: what it wrongly takes for faces, and the faces that it believes least, are learnt from "
            + "more often.",
        HelpName = "DIR",
    };
    private readonly Option<string?> _start = new("--start")
    {
        Description =
            "Checkpoint of an earlier training (its last.checkpoint), whose weights a new training begins with; by default random ones. "
            + "With --resume it is not used.",
        HelpName = "FILE",
    };
    private readonly Option<int> _steps = WithDefault("--steps", Defaults.Steps, "Steps of the training.");
    private readonly Option<int> _batch = WithDefault("--batch", Defaults.Batch, "Crops in one step.");
    private readonly Option<int> _seed = WithDefault("--seed", Defaults.Seed, "Number that decides everything random.");
    private readonly Option<double> _learningRate = WithDefault("--lr", Defaults.LearningRate, "Highest learning rate.");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the training in --out, as it began." };

    private PretrainLandmarksCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new PretrainLandmarksCommand();
        var command = new Command("pretrain-landmarks",
            "Make the small network that finds eyes, nose and mouth in a face, and knows when it is none. Stopped or killed, --resume goes "
            + "on.")
        {
            options._data, options._teacher, options._harvest, options._earlier, options._start, options._out, options._steps,
                options._batch, options._seed, options._learningRate, options._resume,
        };
        command.SetAction(options.Run);
        return command;
    }

    private static Option<T> WithDefault<T>(string name, T value, string description) => new(name)
    {
        Description = description, DefaultValueFactory = _ => value,
    };

    private int Run(ParseResult parsed)
    {
        string data = parsed.GetValue(_data)!, output = parsed.GetValue(_out)!, model = Path.Combine(output, "model");
        bool resume = parsed.GetValue(_resume);
        var settings = new LandmarkSettings
        {
            Steps = parsed.GetValue(_steps),
            Batch = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed),
            LearningRate = parsed.GetValue(_learningRate),
        };
        string[] complaints = [.. settings.Complaints()];
        if (complaints.Length > 0) throw new UserErrorException(string.Join(Environment.NewLine, complaints), ExitCode.WrongUsage);
        bool begun = File.Exists(LandmarkRun.CheckpointIn(output));
        if (begun && !resume)
            throw new UserErrorException(
                $"'{output}' already holds a training. --resume goes on with it; --out with another folder begins a new one.");
        if (resume && !begun)
            throw new UserErrorException($"There is no training in '{output}' to go on with. Leave out --resume to begin one.");
        ModelExport.RequireModelFolder(model);

        // Before minutes are spent on looking for false alarms.
        if (parsed.GetValue(_start) is { } start) Checkpoint.ReadState<LandmarkState>(start);

        // What has ended needs no photos to be exported once more.
        using LandmarkRun? finished = resume ? LandmarkRun.Finished(output, TimeProvider.System) : null;
        if (finished is not null) return Export(finished, model);

        using var stop = new StopSignal(() => Screen.Remark("Stopping after this step; --resume goes on. (Ctrl-C again ends at once.)"));
        IReadOnlyList<HarvestedFace> faces = Harvest(parsed, data, output, stop.Requested);
        if (stop.Requested.IsCancellationRequested) return (int)ExitCode.Interrupted;
        using LandmarkRun run = Prepare(data, faces, settings, parsed.GetValue(_earlier), parsed.GetValue(_start), output);
        Train(run, stop.Requested);
        return run.State.Steps < run.State.Settings.Steps ? (int)ExitCode.Interrupted : Export(run, model);
    }

    private static int Export(LandmarkRun run, string model)
    {
        LandmarkExport.Write(run, Precision.Fp16, model, TimeProvider.System.GetUtcNow());
        foreach (LandmarkReport report in run.State.Reports) Console.Out.WriteLine(Describe(report));
        Console.Out.WriteLine($"The model is in {model}");
        return (int)ExitCode.Done;
    }

    /// <summary>What the teacher said of the permitted photos, those without a face left out.</summary>
    private IReadOnlyList<HarvestedFace> Harvest(ParseResult parsed, string data, string output, CancellationToken stop)
    {
        IReadOnlyList<PermittedPhoto> permitted = PermittedPhotos.In(data);
        string directory = parsed.GetValue(_harvest) ?? Path.Combine(output, "harvest");
        if (parsed.GetValue(_harvest) is null)
        {
            string teacher = parsed.GetValue(_teacher)
                ?? throw new UserErrorException(
                "--teacher is missing: the folder with the teacher's networks. (--harvest DIR takes what it has said before.)",
                    ExitCode.WrongUsage);
            Screen.WithProgress("asking the teacher", permitted.Count, onPhoto =>
            {
                int seen = 0;
                FaceHarvest.Gather(data, permitted, teacher, directory, done => { for (; seen < done; seen++) onPhoto(); }, stop);
                return 0;
            });
        }
        return OnlyPermitted(FaceHarvest.ReadPhotos(directory), permitted);
    }

    /// <summary>Whatever the harvest was made from: what is not permitted today is not learnt from.</summary>
    internal static IReadOnlyList<HarvestedFace> OnlyPermitted(IReadOnlyList<HarvestedFace> harvested,
        IReadOnlyList<PermittedPhoto> permitted)
    {
        HashSet<string> paths = [.. permitted.Select(photo => photo.Path)];
        return [.. harvested.Where(photo => photo.Landmarks is not null && paths.Contains(photo.Photo))];
    }

    private static LandmarkRun Prepare(string data, IReadOnlyList<HarvestedFace> harvested, LandmarkSettings settings, string? earlier,
        string? start, string output)
    {
        HarvestedFace[] forTraining = [.. harvested.Where(face => !KnownFace.IsHeldOut(face))],
            heldBack = [.. harvested.Where(KnownFace.IsHeldOut)];
        IReadOnlyList<KnownFace> faces =
            Screen.WithProgress("reading the photos", forTraining.Length, onPhoto => KnownFace.Read(data, forTraining, Once(onPhoto)));
        IReadOnlyList<KnownFace> heldOut = KnownFace.Read(data, heldBack, () => { });
        if (faces.Count == 0 || heldOut.Count == 0)
            throw new UserErrorException(
                $"There are {faces.Count} faces to learn from and {heldOut.Count} to measure with; both are needed.");
        if (earlier is not null)
            faces = Screen.WithProgress("judging the faces", faces.Count, onFace => KnownFace.Judged(faces, earlier, Once(onFace)));
        IReadOnlyList<PixelBuffer> nonfaces = Nonfaces.Read(data, forTraining: true);
        if (nonfaces.Count == 0)
            Screen.Remark(
                $"There is no folder 'nonfaces' with photos of things in '{data}': the network will learn what is no face from drawn "
                + $"pictures and from what lies beside faces.");
        KnownFace[] some = [.. faces.Where(face => face.HasSurroundings).Where((_, index) => index % FaceEvery == 0)];
        var search = new FalseAlarms(settings.Seed, earlier);
        IReadOnlyList<FalseAlarm> alarms = Screen.WithProgress("looking for false alarms", nonfaces.Count + some.Length, onPicture =>
        {
            Action once = Once(onPicture);
            return (IReadOnlyList<FalseAlarm>)[.. search.InNonfaces(nonfaces, NonfaceTurns, once),
                .. search.BesideFaces(some, FaceTurns, once)];
        });
        var material = new LandmarkMaterial(faces.Count, alarms.Count, HashOf(harvested, alarms));
        Screen.Remark(
            $"{faces.Count} faces ({faces.Count(face => face.IsHard)} of them hard) and {alarms.Count} false alarms "
            + $"({alarms.Count(alarm => alarm.IsHard)} of them hard) to learn from, {heldOut.Count} faces to measure with.");
        return LandmarkRun.Start(
            new LandmarkSamples(faces, nonfaces, alarms, settings.Seed), new LandmarkSamples(heldOut, nonfaces, [], settings.Seed),
            new LandmarkState { Settings = settings, Material = material }, output, TimeProvider.System, start);
    }

    /// <summary>The progress bar is not made for several threads.</summary>
    private static Action Once(Action onPhoto)
    {
        var gate = new Lock();
        return () =>
        {
            lock (gate) onPhoto();
        };
    }

    private static string HashOf(IReadOnlyList<HarvestedFace> faces, IReadOnlyList<FalseAlarm> alarms)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (HarvestedFace face in faces) hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(face));
        foreach (FalseAlarm alarm in alarms) hash.AppendData(Encoding.UTF8.GetBytes(alarm.Place.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Train(LandmarkRun run, CancellationToken stop) =>
        Screen.WithChangingProgress(show => run.Run(progress => show(progress.Step, progress.Steps, Describe(progress)), stop));

    private static string Describe(LandmarkProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {progress.Step}/{progress.Steps}, loss {progress.Loss:0.000}, {progress.CropsPerSecond:0} "
        + $"crops/s{(progress.Last is { } last ? $"; {Describe(last)}" : "")}");

    private static string Describe(LandmarkReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {report.Step}: landmarks off by {report.Error:0.0%} of the eye distance; at {report.Threshold:0.00}, "
        + $"{report.FacesKept:0.0%} of faces kept and {report.OthersKept:0.0%} of others");
}
