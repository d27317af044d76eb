using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Reports;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using Spectre.Console;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell train FACES: trains the network and writes the model.</summary>
internal sealed class TrainCommand
{
    private static readonly TrainingSettings Defaults = new();

    private readonly Argument<string> _data = new("FACES")
    {
        Description = "Folder with one folder of face crops for each person (./doorbell prepare makes it).",
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for checkpoints and model; by default FACES-trained.", HelpName = "DIR",
    };
    private readonly Option<string> _network = WithDefault("--network", Defaults.Network, "Which network.", "NAME");
    private readonly Option<string> _start =
        WithDefault("--start", Defaults.Start,
            "What it starts from: random, imagenet (./doorbell models pull fetches it), face-backbone (ours), or a .pth, .safetensors or "
            + ".checkpoint file.", "WEIGHTS");
    private readonly Option<string> _mode =
        WithDefault("--mode", Defaults.Mode,
            "fine-tune: every layer learns. features: only the last layer; what comes before it is computed once and kept.", "MODE");
    private readonly Option<int> _epochs = WithDefault("--epochs", Defaults.Epochs, "How often all pictures are gone through.", "N");
    private readonly Option<int> _size = WithDefault("--size", Defaults.Size, "Edge of the network's input in pixels.", "PX");
    private readonly Option<int> _batch = WithDefault("--batch", Defaults.Batch, "Pictures in one step.", "N");
    private readonly Option<int> _seed = WithDefault("--seed", Defaults.Seed, "Number that decides everything random.", "S");
    private readonly Option<double> _learningRate = WithDefault("--lr", Defaults.LearningRate, "Highest learning rate.", "RATE");
    private readonly Option<string> _augment =
        WithDefault("--augment", Defaults.Augment,
            $"How pictures are changed, with commas between: {string.Join(", ", AugmentationList.Names)}.", "LIST");
    private readonly Option<bool> _colour = new("--colour")
    {
        Description = "Learn from colour; by default from gray, as the doorbell's camera is.",
    };
    private readonly Option<int> _copies =
        WithDefault("--copies", Defaults.Copies, "With --mode features: augmented copies of each picture that it learns from.", "N");
    private readonly Option<string?> _features = new("--features")
    {
        Description = "With --mode features: folder where they are kept, to be shared by trainings; by default in --out.", HelpName = "DIR",
    };
    private readonly Option<string> _optimizer =
        WithDefault("--optimizer", Defaults.Optimizer, "adamw, adam (as the paper has it) or sgd (with momentum; takes the least memory).",
            "NAME");
    private readonly Option<string> _schedule =
        WithDefault("--schedule", Defaults.Schedule, "How the learning rate goes on after the warm-up: cosine or constant.", "NAME");
    private readonly Option<double> _warmUp =
        WithDefault("--warm-up", Defaults.WarmUpShare, "Part of the training over which the learning rate rises from nothing.", "SHARE");
    private readonly Option<double> _labelSmoothing =
        WithDefault("--label-smoothing", Defaults.LabelSmoothing, "Part of each label's certainty that is spread over all labels.",
            "SHARE");
    private readonly Option<int> _microBatch =
        WithDefault("--micro-batch", Defaults.MicroBatch, "Most pictures in the network at once, to save memory; 0 for whole batches.",
            "N");
    private readonly Option<bool> _mixedPrecision = MixedPrecisionOption.Create();
    private readonly Option<int> _patience =
        WithDefault("--patience", Defaults.Patience, "End after so many epochs without a better one; 0 for never.", "N");
    private readonly Option<string?> _strangers = new("--strangers")
    {
        Description = "Folder with crops of people who are nobody's family, so that strangers are told apart.", HelpName = "DIR",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the training in --out, as it began." };
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, for programs." };

    private TrainCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new TrainCommand();
        var command = new Command("train",
            "Train the network on face crops, one folder per person, and write the model. Ctrl-C ends early with the best model so far.")
        {
            options._data, options._out, options._network, options._start, options._mode, options._epochs, options._patience, options._size,
                options._augment, options._colour, options._batch, options._microBatch, options._mixedPrecision, options._learningRate,
            options._schedule, options._warmUp, options._labelSmoothing, options._optimizer, options._copies, options._features,
                options._seed, options._strangers, options._resume, options._json,
        };
        command.SetAction(options.Run);
        return command;
    }

    private static T GivenOr<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;

    private static Option<T> WithDefault<T>(string name, T value, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => value };

    private int Run(ParseResult parsed)
    {
        string data = parsed.GetValue(_data)!;
        bool resume = parsed.GetValue(_resume);
        string start = parsed.GetValue(_start)!;
        TrainingSettings usual = resume
            ? Defaults
            : TrainingSettings.UsualFor(start, GivenOr(parsed, _network, null!), parsed.GetValue(_mode)!);
        var settings = usual with
        {
            Network = GivenOr(parsed, _network, usual.Network),
            Start = start,
            Epochs = GivenOr(parsed, _epochs, usual.Epochs),
            Size = GivenOr(parsed, _size, usual.Size),
            Batch = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed),
            LearningRate = GivenOr(parsed, _learningRate, usual.LearningRate),
            Mode = parsed.GetValue(_mode)!,
            Augment = GivenOr(parsed, _augment, usual.Augment),
            Colour = parsed.GetValue(_colour),
            Copies = parsed.GetValue(_copies),
            Optimizer = parsed.GetValue(_optimizer)!,
            Schedule = parsed.GetValue(_schedule)!,
            WarmUpShare = parsed.GetValue(_warmUp),
            LabelSmoothing = parsed.GetValue(_labelSmoothing),
            MicroBatch = parsed.GetValue(_microBatch),
            MixedPrecision = parsed.GetValue(_mixedPrecision),
            Patience = parsed.GetValue(_patience),
        };
        string[] complaints = [.. settings.Complaints()];
        if (complaints.Length > 0) throw new UserErrorException(string.Join(Environment.NewLine, complaints), ExitCode.WrongUsage);
        TrainingFolder folder = TrainingFolder.For(data, parsed.GetValue(_out));
        folder.Require(resume);
        if (resume) settings = SettingsToResume(parsed, folder, settings);

        // What is missing is said before the pictures are read, which takes minutes.
        string? startFile = resume
            ? null
            : StartWeights.FileFor(settings.Start, settings.Network, new WeightStore(WeightStore.DefaultFolder));
        using CropAligner? aligner = NetworkKind.Named(settings.Network).TakesAlignedFaces ? CropAligner.Load() : null;
        FaceDataset dataset = Read(data, parsed.GetValue(_strangers), settings, aligner);
        string? features = parsed.GetValue(_features);
        using TrainingRun run = resume
            ? TrainingRun.Resume(dataset, folder.Path, TimeProvider.System, features)
            : TrainingRun.Begin(dataset, settings, folder.Path, TimeProvider.System, startFile, features);
        if (run.Start is { } started) Screen.Remark(started.Describe());
        using var stop =
            new StopSignal(() =>
                Screen.Remark("Stopping after this step; the best network so far becomes the model. (Ctrl-C again ends at once.)"));
        TrainingState state = TrainingScreen.Show((onStep, onFeature) => run.Run(onStep, stop.Requested, onFeature));
        string report = TrainingReport.Write(folder.Report, run.Measured!);
        ModelManifest manifest = ModelExport.Write(folder.BestCheckpoint, Precision.Fp32, folder.Model);
        if (manifest.Task == ModelTask.Embedding && !StrangerBankExport.Write(folder.Model, dataset, settings))
            Screen.Remark(
                "Without --strangers nothing is known about how like the family strangers come, and the thresholds rest on the family "
                + "alone. Give some: ./doorbell train --help");
        Report(state, dataset, folder, report, parsed.GetValue(_json), stop.Requested.IsCancellationRequested);
        return (int)(stop.Requested.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    /// <summary>
    /// The settings of the checkpoint. An option that is given and says something else is refused: the schedule hangs on it.
    /// </summary>
    private TrainingSettings SettingsToResume(ParseResult parsed, TrainingFolder folder, TrainingSettings given)
    {
        TrainingSettings begun = TrainingState.Read(folder.LastCheckpoint).Settings;
        string[] different =
        [
            .. new (Option Option, object Given, object Begun)[]
            {
                (_network, given.Network, begun.Network), (_start, given.Start, begun.Start), (_epochs, given.Epochs, begun.Epochs),
                    (_size, given.Size, begun.Size), (_batch, given.Batch, begun.Batch),
                (_seed, given.Seed, begun.Seed), (_learningRate, given.LearningRate, begun.LearningRate), (_mode, given.Mode, begun.Mode),
                    (_augment, given.Augment, begun.Augment), (_colour, given.Colour, begun.Colour),
                (_copies, given.Copies, begun.Copies), (_optimizer, given.Optimizer, begun.Optimizer),
                    (_schedule, given.Schedule, begun.Schedule), (_warmUp, given.WarmUpShare, begun.WarmUpShare),
                (_labelSmoothing, given.LabelSmoothing, begun.LabelSmoothing), (_microBatch, given.MicroBatch, begun.MicroBatch),
                    (_mixedPrecision, given.MixedPrecision, begun.MixedPrecision), (_patience, given.Patience, begun.Patience),
            }
            .Where(item => parsed.GetResult(item.Option) is { Implicit: false } && !item.Given.Equals(item.Begun))
            .Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Option.Name} {item.Begun} (now {item.Given})")),
        ];
        return different.Length == 0
            ? begun
            : throw new UserErrorException(
                $"The training in '{folder.Path}' began with {string.Join(" and ", different)}, and a resumed training goes on as it "
                + $"began. Leave the option out, or train again with another --out.",
                ExitCode.WrongUsage);
    }

    private static FaceDataset Read(string data, string? strangers, TrainingSettings settings, CropAligner? aligner)
    {
        FaceDataset dataset = Screen.Remarks.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask("reading the pictures");
            return FaceDatasetReader.Read(data, strangers, gray: !settings.Colour, settings.Seed,
                (done, total) => task.MaxValue(total).Value(done), aligner);
        });
        foreach (SkippedFile skipped in dataset.Skipped.Take(10)) Screen.Remark($"Skipped: {skipped.Reason}");
        if (dataset.Skipped.Count > 10) Screen.Remark($"... and {dataset.Skipped.Count - 10} more.");
        Screen.Remark(
            $"{dataset.Crops.Count} pictures of {dataset.Labels.Count} labels: {dataset.Of(Split.Train).Count} to learn from, "
            + $"{dataset.Of(Split.Validation).Count} to choose with, {dataset.Of(Split.Test).Count} to measure with; "
            + $"{dataset.Skipped.Count} skipped.");
        return dataset;
    }

    private static void Report(TrainingState state, FaceDataset dataset, TrainingFolder folder, string report, bool json, bool interrupted)
    {
        TrainingOutcome outcome = state.Outcome!;
        int tested = dataset.Of(Split.Test).Count;
        if (json)
        {
            Screen.WriteJson(new
            {
                model = folder.Model,
                checkpoint = folder.BestCheckpoint,
                report,
                state.Labels,
                state.UnknownLabel,
                epochs = state.Epochs,
                interrupted,
                outcome.Metrics,
                test_crops = tested,
                outcome.Temperature,
                outcome.Thresholds,
                skipped = dataset.Skipped,
            });
            return;
        }
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Of {tested} pictures never seen before, {outcome.Metrics["test_accuracy"]:0.0%} were recognised; "
            + $"{outcome.Metrics["test_named_right"]:0.0%} would be named rightly and {outcome.Metrics["test_named_wrong"]:0.0%} wrongly "
            + $"(a name is said from {outcome.Thresholds.Accept:0.00} on)."));
        Console.Out.WriteLine($"By person, with curves and plots: {report}");
        Console.Out.WriteLine($"The model is in {folder.Model}");
        Console.Out.WriteLine($"Use it: ./doorbell run --model {ShellWords.Quote(folder.Model)}");
        Console.Out.WriteLine($"Make it smaller: ./doorbell export {ShellWords.Quote(folder.BestCheckpoint)} --out DIR --precision int8");
    }
}
