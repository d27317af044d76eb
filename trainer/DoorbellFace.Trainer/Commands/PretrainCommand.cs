using System.CommandLine;
using System.Globalization;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using TorchSharp;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell pretrain: makes the face backbone.</summary>
internal sealed class PretrainCommand
{
    /// <summary>Faces by which the normalisations of an exported backbone are restored.</summary>
    private const int StatisticsFaces = 1024;

    private static readonly DistillationSettings Defaults = new();

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder with the photos to learn from and the lists of people who must not be learnt from.", HelpName = "DIR",
        Required = true,
    };
    private readonly Option<string> _teacher = new("--teacher")
    {
        Description = "Folder with the teacher's networks.", HelpName = "DIR", Required = true,
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for what the teacher said and the checkpoint.", HelpName = "DIR", Required = true,
    };
    private readonly Option<string[]> _start = new("--start")
    {
        Description =
            "What to begin with: a file of weights by torchvision's names, or a face backbone made before (its folder, its model.onnx, or "
            + "face-backbone: the one that comes with the program), or several of these, which gives the mean of their weights; by default "
            + "random weights.",
        HelpName = "START", AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int> _epochs =
        WithDefault("--epochs", Defaults.Epochs,
            "How often all faces are gone through; 0 leaves the start as it is and writes it in the precision asked for.");
    private readonly Option<int> _earlyEpochs =
        WithDefault("--early-epochs", Defaults.EarlyEpochs, "So many of them, the first ones, with smaller pictures.");
    private readonly Option<int?> _size = new("--size")
    {
        Description =
            $"Edge of the network's input at last, in pixels; by default that of the backbone to begin with, else {Defaults.Size}.",
    };
    private readonly Option<int> _views =
        WithDefault("--views", Defaults.Views,
            "So many pictures made of the faces, most of them mixtures of two, about which the teacher is asked as well; an epoch shows at "
            + "most as many as there are faces.");
    private readonly Option<string?> _harvest = new("--harvest")
    {
        Description = "Folder for what the teacher said, if trainings are to share it; by default in --out.", HelpName = "DIR",
    };
    private readonly Option<int> _batch = WithDefault("--batch", Defaults.Batch, "Faces in one step.");
    private readonly Option<int> _seed = WithDefault("--seed", Defaults.Seed, "Number that decides everything random.");
    private readonly Option<double> _learningRate = WithDefault("--lr", Defaults.LearningRate, "Highest learning rate.");
    private readonly Option<double> _hardPairs =
        WithDefault("--hard-pairs", Defaults.HardPairWeight,
            "Weight of how far the student is from the teacher in the cosines to the faces that the teacher finds most similar.");
    private readonly ChoiceOption<Precision> _precision = new("--precision", Precision.Fp16)
    {
        Description = "How the model keeps its weights: fp32, fp16 or int8.",
    };
    private readonly Option<bool> _mixedPrecision = MixedPrecisionOption.Create();
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with the training in --out, as it began; only --epochs, --early-epochs, --size and --views may be other ones.",
    };

    private PretrainCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new PretrainCommand();
        var command = new Command("pretrain",
            "Make the face backbone: a network that learns from a teacher what makes faces differ. Takes many hours; stopped or killed, "
            + "--resume goes on.")
        {
            options._data, options._teacher, options._out, options._start, options._epochs, options._earlyEpochs, options._size,
                options._views, options._harvest, options._batch, options._seed, options._learningRate, options._hardPairs,
                options._precision, options._mixedPrecision, options._resume,
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
        string output = parsed.GetValue(_out)!, directory = parsed.GetValue(_harvest) ?? Path.Combine(output, "harvest");
        bool resume = parsed.GetValue(_resume);
        string[] starts = parsed.GetValue(_start) ?? [];
        var settings = new DistillationSettings
        {
            Epochs = parsed.GetValue(_epochs),
            EarlyEpochs = parsed.GetValue(_earlyEpochs),
            Size = parsed.GetValue(_size) ?? SizeOf(starts) ?? Defaults.Size,
            Views = parsed.GetValue(_views),
            Batch = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed),
            LearningRate = parsed.GetValue(_learningRate),
            HardPairWeight = parsed.GetValue(_hardPairs),
            MixedPrecision = parsed.GetValue(_mixedPrecision),
            Start = starts.Length == 0 ? null : string.Join(" + ", starts.Select(Path.GetFileName)),
        };
        string[] complaints = [.. settings.Complaints()];
        if (complaints.Length > 0) throw new UserErrorException(string.Join(Environment.NewLine, complaints), ExitCode.WrongUsage);
        if (starts.Length > 1 && starts.FirstOrDefault(start => StartWeights.ModelOf(start) is null) is { } odd)
            throw new UserErrorException(
                $"--start is given {starts.Length} times, and '{odd}' is no face backbone made before: only of such there is a mean.",
                ExitCode.WrongUsage);
        bool isBegun = File.Exists(Path.Combine(output, DistillationRun.CheckpointFile));
        if (isBegun && !resume)
            throw new UserErrorException(
                $"'{output}' already holds a training. --resume goes on with it; --out with another folder begins a new one.");

        using var stop = new StopSignal(() => Screen.Remark("Stopping after this step; --resume goes on. (Ctrl-C again ends at once.)"));
        Harvest(parsed.GetValue(_data)!, parsed.GetValue(_teacher)!, directory, stop.Requested);
        if (stop.Requested.IsCancellationRequested) return (int)ExitCode.Interrupted;
        FaceHarvest harvest = FaceHarvest.Read(directory);
        Screen.Remark($"{harvest.Faces.Count} faces in {harvest.Photos.Count} photos.");
        if (isBegun) settings = Amend(parsed, DistillationRun.ReadState(output).Settings, settings);
        GatherViews(harvest, directory, parsed.GetValue(_teacher)!, settings, stop.Requested);
        if (stop.Requested.IsCancellationRequested) return (int)ExitCode.Interrupted;
        ViewHarvest? views = settings.Views == 0
            ? null
            : ViewHarvest.Read(ViewHarvest.FileOf(directory, settings.Seed), harvest, settings.Seed, settings.Views);
        using DistillationRun run = isBegun
            ? DistillationRun.Resume(harvest, views, output, _ => settings, TimeProvider.System)
            : DistillationRun.Begin(harvest, views, settings,
                starts.Length == 0 ? null : network => Start(network, starts, harvest, settings), output, TimeProvider.System);
        Train(run, stop.Requested);
        foreach (DistillationEpoch epoch in run.State.Epochs) Console.Out.WriteLine(Describe(epoch));
        string model = Path.Combine(output, "model");
        BackboneExport.Write(Path.Combine(output, DistillationRun.CheckpointFile), harvest, _precision.Of(parsed), model,
            TimeProvider.System.GetUtcNow());
        HarvestStrangers.Write(model, harvest, run.State.Settings.Seed);
        Console.Out.WriteLine($"The model is in {model}");
        return (int)(stop.Requested.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    /// <summary>The input of the backbones to begin with; null where there are none.</summary>
    /// <exception cref="UserErrorException">They differ, or one cannot be used.</exception>
    private static int? SizeOf(string[] starts)
    {
        int[] sizes =
            [.. starts.Where(start => StartWeights.ModelOf(start) is not null).Select(start => StartWeights.Fit(start)!.Size).Distinct()];
        return sizes.Length < 2
            ? sizes.Cast<int?>().FirstOrDefault()
            : throw new UserErrorException(
                $"The backbones of --start take pictures of {string.Join(" and ", sizes)} pixels. Give --size as well.",
                ExitCode.WrongUsage);
    }

    /// <summary>What was given, in place of what it began with.</summary>
    private DistillationSettings Amend(ParseResult parsed, DistillationSettings begun, DistillationSettings given)
    {
        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        return begun with
        {
            Epochs = IsGiven(_epochs) ? given.Epochs : begun.Epochs,
            EarlyEpochs = IsGiven(_earlyEpochs) ? given.EarlyEpochs : begun.EarlyEpochs,
            Size = IsGiven(_size) ? given.Size : begun.Size,
            Views = IsGiven(_views) ? given.Views : begun.Views,
        };
    }

    private static void Harvest(string data, string teacher, string directory, CancellationToken stop)
    {
        IReadOnlyList<PermittedPhoto> photos = PermittedPhotos.In(data);
        Screen.WithProgress("asking the teacher", photos.Count, onPhoto =>
        {
            int seen = 0;
            FaceHarvest.Gather(data, photos, teacher, directory, done => { for (; seen < done; seen++) onPhoto(); }, stop);
            return 0;
        });
    }

    private static void GatherViews(FaceHarvest harvest, string directory, string teacher, DistillationSettings settings,
        CancellationToken stop)
    {
        if (settings.Views == 0) return;
        string path = ViewHarvest.FileOf(directory, settings.Seed);
        Screen.WithProgress("asking the teacher about views", settings.Views, onView =>
        {
            int seen = 0;
            ViewHarvest.Gather(path, harvest, settings.Seed, settings.Views, () => new Teacher(teacher),
                done => { for (; seen < done; seen++) onView(); }, stop);
            return 0;
        });
    }

    private static void Start(FaceBackbone network, string[] starts, FaceHarvest harvest, DistillationSettings settings)
    {
        string[] models = [.. starts.Select(StartWeights.ModelOf).OfType<string>()];
        if (models.Length > 0)
        {
            StartFromModels(network, models, harvest, settings);
            return;
        }
        using WeightFile weights = WeightFile.Open(starts[0]);
        int taken = ImageNetStart.Take(network, weights);
        Screen.Remark($"{taken} of {network.state_dict().Count} tensors begin with those of {starts[0]}, the others at random.");
    }

    private static void StartFromModels(FaceBackbone network, string[] models, FaceHarvest harvest, DistillationSettings settings)
    {
        using var scope = torch.NewDisposeScope();
        BackboneWeights.MeanInto(models, network);
        RestoredStatistics.Into(network,
            harvest.Sample(StatisticsFaces, settings.Size, settings.Seed).Chunk(settings.Batch).Select(batch =>
            TorchOperations.Copy([.. batch.SelectMany(tensor => tensor)], batch.Length, FaceBackbone.Channels, settings.Size,
                settings.Size)));
        Screen.Remark($"Every tensor begins with {(models.Length == 1 ? "that" : "the mean of those")} of {string.Join(", ", models)}.");
    }

    private static void Train(DistillationRun run, CancellationToken stop) =>
        Screen.WithChangingProgress(show => run.Run(progress => show(progress.Step, progress.Steps, Describe(progress)), stop));

    private static string Describe(DistillationProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {progress.Epoch}, step {progress.Step}/{progress.Steps}, cosine {progress.Cosine:0.000}, {progress.FacesPerSecond:0} "
        + $"faces/s{(progress.Last is { } last ? $"; {Describe(last)}" : "")}");

    private static string Describe(DistillationEpoch epoch) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {epoch.Number}: cosine to the teacher {epoch.TrainCosine:0.000} in training, {epoch.CleanCosine:0.000} for people never "
        + $"seen, {epoch.CameraCosine:0.000} through a small camera (people seen: {epoch.SeenCleanCosine:0.000} and "
        + $"{epoch.SeenCameraCosine:0.000})");
}
