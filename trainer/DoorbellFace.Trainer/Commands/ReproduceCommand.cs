using System.CommandLine;
using System.Globalization;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Reproduction;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell reproduce: the paper's tables and figures on any pictures.</summary>
internal sealed class ReproduceCommand
{
    private static readonly GridSettings Defaults = new();

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder with one folder of photos, or of face crops, for each person.", HelpName = "DIR", Required = true,
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for checkpoints and results. Stopped or killed, the same command goes on.", HelpName = "DIR", Required = true,
    };
    private readonly Option<bool> _faces = new("--faces")
    {
        Description = "The pictures are face crops already; assumed where ./doorbell prepare has made them.",
    };
    private readonly Option<double?> _minutes = new("--minutes")
    {
        Description = "Stop after so many minutes; the same command goes on.", HelpName = "M",
    };
    private readonly Option<string> _seeds = new("--seeds")
    {
        Description = "Seeds, with commas between; each is a whole grid.", HelpName = "LIST", DefaultValueFactory = _ => "1,2,3",
    };
    private readonly Option<string?> _only = new("--only")
    {
        Description = "Only the cells whose names begin with one of these, with commas between.", HelpName = "NAMES",
    };
    private readonly Option<string[]> _start = new("--start")
    {
        Description =
            "What a network starts from: NETWORK=WEIGHTS, as ./doorbell train takes them. May be given often; the others start at random.",
        HelpName = "N=W",
    };
    private readonly Option<int> _size = new("--size")
    {
        Description = "Edge of the networks' input in pixels. Half the size takes a quarter of the time.", HelpName = "PX",
        DefaultValueFactory = _ => Defaults.Size,
    };
    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Epochs of fine tuning.", HelpName = "N", DefaultValueFactory = _ => Defaults.Epochs,
    };
    private readonly Option<int> _featureEpochs = new("--feature-epochs")
    {
        Description = "Epochs over frozen features.", HelpName = "N", DefaultValueFactory = _ => Defaults.FeatureEpochs,
    };
    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Pictures in one step.", HelpName = "N", DefaultValueFactory = _ => Defaults.Batch,
    };
    private readonly Option<bool> _mixedPrecision = MixedPrecisionOption.Create();

    private ReproduceCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new ReproduceCommand();
        var command = new Command("reproduce",
            "Make the paper's tables and figures on your pictures: every network, with frozen features and fine-tuned, and every "
            + "augmentation. Takes hours; stopped or killed, the same command goes on.")
        {
            options._data, options._out, options._faces, options._minutes, options._seeds, options._only, options._start, options._size,
                options._epochs, options._featureEpochs, options._batch, options._mixedPrecision,
        };
        command.SetAction(options.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string output = parsed.GetValue(_out)!;
        int[] seeds = ReadSeeds(parsed.GetValue(_seeds)!);
        var settings = new GridSettings
        {
            Size = parsed.GetValue(_size), Epochs = parsed.GetValue(_epochs), FeatureEpochs = parsed.GetValue(_featureEpochs),
                Batch = parsed.GetValue(_batch), MixedPrecision = parsed.GetValue(_mixedPrecision),
            Starts = ReadStarts(parsed.GetValue(_start) ?? []),
        };
        string[] complaints = [.. settings.Complaints()];
        if (complaints.Length > 0) throw new UserErrorException(string.Join(Environment.NewLine, complaints), ExitCode.WrongUsage);
        double? minutes = parsed.GetValue(_minutes);
        if (minutes is <= 0 or > 1e6)
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--minutes is {minutes}; expected a number above 0."),
                ExitCode.WrongUsage);

        using var stop =
            new StopSignal(() => Screen.Remark("Stopping after this step; the same command goes on. (Ctrl-C again ends at once.)"));
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested);
        if (minutes is { } most) budget.CancelAfter(TimeSpan.FromMinutes(most));
        string faces = Prepared(parsed.GetValue(_data)!, output, parsed.GetValue(_faces), stop.Requested);
        FaceDataset first = Read(faces, seeds[0], aligned: false);
        settings = settings with { DatasetSha256 = first.Description.Sha256 };
        var run = new GridRun(output, TimeProvider.System);
        run.Begin(settings);
        GridCell[] all = [.. GridPlan.Cells(settings, seeds)], wanted = Chosen(all, parsed.GetValue(_only));
        (int Seed, bool Aligned, FaceDataset Dataset) current = (seeds[0], false, first);
        FaceDataset DatasetOf(TrainingSettings training)
        {
            bool aligned = NetworkKind.Named(training.Network).TakesAlignedFaces;
            if ((current.Seed, current.Aligned) != (training.Seed, aligned))
                current = (training.Seed, aligned, Read(faces, training.Seed, aligned));
            return current.Dataset;
        }
        int done = 0;
        bool isComplete = run.Run(
            wanted,
            DatasetOf,
            (number, cell) => Screen.Remark($"{number} of {wanted.Length}: {cell.Id}"),
            progress => Tell(progress, ref done),
            result => Screen.Remark(Describe(result)),
            budget.Token);
        string page = GridReport.Write(output, settings, run.Results(all), all.Length);
        Console.Out.WriteLine(isComplete
            ? $"All {wanted.Length} trainings are done: {page}"
            : $"{run.Results(wanted).Count} of {wanted.Length} trainings are done; the same command goes on. So far: {page}");
        return (int)(isComplete ? ExitCode.Done : stop.Requested.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    /// <summary>A line for each epoch.</summary>
    private static void Tell(TrainingProgress progress, ref int epochsTold)
    {
        if (progress.Finished.Count == epochsTold) return;
        epochsTold = progress.Finished.Count;
        if (progress.Finished.Count == 0) return;
        EpochResult epoch = progress.Finished[^1];
        Screen.Remark(string.Create(CultureInfo.InvariantCulture,
            $"  epoch {epoch.Number}/{progress.Epochs}: loss {epoch.TrainLoss:0.000}, {epoch.ValidationAccuracy:0.0%} of the validation "
            + $"pictures, {progress.ImagesPerSecond:0} pictures/s, {progress.MemoryBytes / 1e9:0.0} GB"));
    }

    private static string Describe(CellResult result) => result.Failure is { } failure
        ? $"  failed: {failure}"
        : string.Create(CultureInfo.InvariantCulture,
            $"  {result.Test.Accuracy:0.0%} of {result.Test.Count} test pictures after {result.Epochs.Count} epochs, "
            + $"{TrainingScreen.Time(TimeSpan.FromSeconds(result.Seconds))}");

    private static GridCell[] Chosen(GridCell[] cells, string? only)
    {
        if (only is null) return cells;
        string[] names = only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        GridCell[] chosen = [.. cells.Where(cell => names.Any(name => cell.Name.StartsWith(name, StringComparison.Ordinal)))];
        return chosen.Length > 0
            ? chosen
            : throw new UserErrorException(
                $"--only is '{only}', and no cell's name begins so. There are: "
                + $"{string.Join(", ", cells.Select(cell => cell.Name).Distinct())}.", ExitCode.WrongUsage);
    }

    /// <summary>The face crops: those that are there, or those that are cut out of the photos.</summary>
    private static string Prepared(string data, string output, bool areFaces, CancellationToken stop)
    {
        if (areFaces || File.Exists(Path.Combine(data, PreparationReport.FileName))) return data;
        string faces = Path.Combine(output, "faces");
        (_, IReadOnlyList<PreparedPhoto> done) = FaceSteps.CutOut(data, faces, "looking for faces", stop);
        if (stop.IsCancellationRequested)
            throw new UserErrorException($"Stopped after {done.Count} photos; the same command goes on.", ExitCode.Interrupted);
        return done.Any(photo => photo.Outcome == PhotoOutcome.Face)
            ? faces
            : throw new UserErrorException($"No face was found in any photo in '{data}'.", ExitCode.Failed);
    }

    private static FaceDataset Read(string faces, int seed, bool aligned)
    {
        using CropAligner? aligner = aligned ? CropAligner.Load() : null;
        FaceDataset dataset = FaceDatasetReader.Read(faces, strangers: null, gray: aligned, seed, aligner: aligner);
        Screen.Remark(
            $"Seed {seed}: {dataset.Crops.Count} {(aligned ? "aligned " : "")}pictures of {dataset.Labels.Count} people, "
            + $"{dataset.Of(Split.Train).Count} to learn from, {dataset.Of(Split.Validation).Count} to choose with, "
            + $"{dataset.Of(Split.Test).Count} to measure with.");
        return dataset;
    }

    private static int[] ReadSeeds(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] seeds =
            [.. parts.Select(part =>
                int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)
                    ? seed
                    : throw NoSeeds(text))];
        return seeds.Length > 0 && seeds.Distinct().Count() == seeds.Length ? seeds : throw NoSeeds(text);
    }

    private static UserErrorException NoSeeds(string text) =>
        new($"--seeds is '{text}'; expected whole numbers, each once, with commas between: 1,2,3.", ExitCode.WrongUsage);

    private static SortedDictionary<string, string> ReadStarts(string[] given)
    {
        var starts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || sign == text.Length - 1)
                throw new UserErrorException($"--start is '{text}'; expected NETWORK=WEIGHTS, such as resnet18=imagenet.",
                    ExitCode.WrongUsage);
            starts[text[..sign]] = text[(sign + 1)..];
        }
        return starts;
    }
}
