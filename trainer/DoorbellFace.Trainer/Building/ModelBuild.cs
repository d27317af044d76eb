using System.Diagnostics;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Building;

/// <summary>What came of it.</summary>
/// <param name="Trials">All that were made, the plain backbone first.</param>
/// <param name="Chosen">The one to install.</param>
/// <param name="Explanation">Why, in three sentences.</param>
/// <param name="Test">Share of the test crops whose person came first with the chosen one; they were used for nothing else.</param>
/// <param name="TestCrops">How many they are.</param>
internal sealed record BuildResult(IReadOnlyList<ModelTrial> Trials, ModelTrial Chosen, string Explanation,
    Core.Statistics.Rate Test, int TestCrops);

/// <summary>Makes trials out of divided faces within a time budget, and chooses one.</summary>
internal sealed class ModelBuild
{
    /// <summary>
    /// Parts of the budget: fine-tuning gets most, the small network, which starts from nothing, the rest; some is left for measuring and
    /// writing.
    /// </summary>
    private const double FineTuningShare = 0.6, SmallNetworkShare = 0.3;

    private const string SmallNetwork = "mobilenet_v3_small";
    private const int SmallNetworkSize = 112, SmallNetworkEpochs = 40;

    private readonly string _faces, _work;
    private readonly string? _strangers;
    private readonly int _seed;
    private readonly TimeSpan _budget;
    private readonly Action<string> _remark;

    /// <summary>Prepares a build.</summary>
    /// <param name="faces">Faces that are divided (<see cref="SplitFolder"/>).</param>
    /// <param name="strangers">Faces of strangers, or null.</param>
    /// <param name="work">Where trials are made; created.</param>
    /// <param name="seed">Decides everything random.</param>
    /// <param name="budget">For all trainings together.</param>
    /// <param name="remark">Told what is being done.</param>
    public ModelBuild(string faces, string? strangers, string work, int seed, TimeSpan budget, Action<string> remark) =>
        (_faces, _strangers, _work, _seed, _budget, _remark) = (faces, strangers, work, seed, budget, remark);

    /// <summary>Does it.</summary>
    /// <param name="onStep">Told after each step of a training.</param>
    /// <param name="stop">Ends the trainings; what there is by then is chosen from.</param>
    public BuildResult Run(Action<TrainingProgress> onStep, CancellationToken stop)
    {
        BuildSteps.Tell(_remark, BuildSteps.PlainBackbone);
        using CropAligner aligner = CropAligner.Load();
        FaceDataset aligned = FaceDatasetReader.Read(_faces, _strangers, gray: true, _seed, aligner: aligner);
        var trials =
            new List<ModelTrial> { Measured(TrialKind.Plain, "the plain backbone, without training", ShippedModels.FaceBackboneInUse,
                aligned, hasStrangers: true, Stopwatch.GetTimestamp()) };
        _remark($"The plain backbone: {trials[0].Validation.Value:0.0%} of the pictures kept for choosing.");

        BuildSteps.Tell(_remark, BuildSteps.FineTuning);
        TrainingSettings fineTuning = TrainingSettings.UsualFor(StartWeights.FaceBackbone, network: null) with { Seed = _seed };
        Add(trials, TrialKind.FineTuned, "the backbone fine-tuned on the family", fineTuning, aligned, _budget * FineTuningShare, onStep,
            stop);
        if (!stop.IsCancellationRequested)
        {
            BuildSteps.Tell(_remark, BuildSteps.SmallNetwork);
            FaceDataset upright = FaceDatasetReader.Read(_faces, _strangers, gray: true, _seed);
            var small = new TrainingSettings { Network = SmallNetwork, Size = SmallNetworkSize, Epochs = SmallNetworkEpochs, Seed = _seed };
            Add(trials, TrialKind.Small, "a small network trained on the family alone", small, upright, _budget * SmallNetworkShare, onStep,
                stop);
            if (TrialChoice.Of(trials) is { } chosen && chosen == trials[^1] && trials.Count > 1
                && OnnxModel.TaskOf(chosen.Folder) == ModelTask.Classification)
                return Result(trials, chosen, upright);
        }
        return Result(trials, TrialChoice.Of(trials), aligned);
    }

    private BuildResult Result(List<ModelTrial> trials, ModelTrial chosen, FaceDataset dataset)
    {
        BuildSteps.Tell(_remark, BuildSteps.Measuring);
        (Core.Statistics.Rate test, _, _) = TrialMeasurement.Of(chosen.Folder, dataset, Split.Test);
        return new BuildResult(trials, chosen, TrialChoice.Explain(trials, chosen), test, dataset.FamilyOf(Split.Test).Count);
    }

    private ModelTrial Measured(TrialKind kind, string name, string folder, FaceDataset dataset, bool hasStrangers, long started)
    {
        (Core.Statistics.Rate right, double milliseconds, IReadOnlyList<(LabelledCrop Crop, int TakenFor)> wrong) =
            TrialMeasurement.Of(folder, dataset, Split.Validation);
        return new ModelTrial(name, folder, right, milliseconds, hasStrangers, Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            Kind = kind, Mistakes = Kept(kind, wrong, dataset),
        };
    }

    /// <summary>The faces that were mixed up, as files, the most frequent mix-up first.</summary>
    private TrialMistake[] Kept(TrialKind kind, IReadOnlyList<(LabelledCrop Crop, int TakenFor)> wrong, FaceDataset dataset)
    {
        string folder = Path.Combine(_work, $"mistakes-{kind}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (wrong.Count == 0) return [];
        Directory.CreateDirectory(folder);
        return
        [
            .. wrong.GroupBy(one => (one.Crop.Label, one.TakenFor)).OrderByDescending(pair => pair.Count()).SelectMany(pair => pair)
                .Take(TrialMeasurement.MostMistakes).Select((one, index) =>
                {
                    string picture = Path.Combine(folder, $"{index + 1}.png");
                    PictureFile.Write(picture, one.Crop.Pixels);
                    return new TrialMistake(dataset.Labels[one.Crop.Label], dataset.Labels[one.TakenFor], picture);
                }),
        ];
    }

    private void Add(List<ModelTrial> trials, TrialKind kind, string name, TrainingSettings settings, FaceDataset dataset, TimeSpan budget,
        Action<TrainingProgress> onStep, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        string directory = Path.Combine(_work, settings.Network), model = Path.Combine(directory, "model");
        int epochs = TrainingBudget.Epochs(settings, dataset, budget);
        if (epochs == 0)
        {
            _remark($"There is no time for {name}: an epoch takes longer than {budget.TotalMinutes:0.0} minutes.");
            return;
        }
        _remark($"Now {name}: {Math.Min(epochs, settings.Epochs)} epochs.");
        settings = settings with { Epochs = Math.Min(epochs, settings.Epochs) };
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        string? start = StartWeights.FileFor(settings.Start, settings.Network, new WeightStore(WeightStore.DefaultFolder));
        using var run = TrainingRun.Begin(dataset, settings, directory, TimeProvider.System, start);
        // The estimate may be wrong where other programs want the processor, too.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(budget * 1.5);
        TrainingState trained = run.Run(onStep, limit.Token);
        ModelManifest manifest = ModelExport.Write(Path.Combine(directory, Checkpoint.BestFile), Precision.Fp32, model);
        bool hasStrangers = manifest.Task == ModelTask.Embedding
            ? StrangerBankExport.Write(model, dataset, settings)
            : dataset.UnknownLabel is not null;
        trials.Add(Measured(kind, name, model, dataset, hasStrangers, started) with
        {
            Epochs = trained.Epochs, BestEpoch = trained.Best?.Number ?? 0,
        });
        _remark($"{name}: {trials[^1].Validation.Value:0.0%}.");
    }
}
