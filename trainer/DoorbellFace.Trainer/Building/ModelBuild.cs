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
/// <param name="Candidates">All that were made, the plain backbone first.</param>
/// <param name="Chosen">The one to install.</param>
/// <param name="Explanation">Why, in three sentences.</param>
/// <param name="Test">Share of the test crops whose person came first with the chosen one; they were used for nothing else.</param>
/// <param name="TestCrops">How many they are.</param>
internal sealed record BuildResult(IReadOnlyList<ModelCandidate> Candidates, ModelCandidate Chosen, string Explanation,
    Core.Statistics.Rate Test, int TestCrops);

/// <summary>Makes candidates out of divided faces within a time budget, and chooses one.</summary>
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
    /// <param name="work">Where candidates are made; created.</param>
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
        using CropAligner aligner = CropAligner.Load();
        FaceDataset aligned = FaceDatasetReader.Read(_faces, _strangers, gray: true, _seed, aligner: aligner);
        var candidates =
            new List<ModelCandidate> { Measured("the plain backbone, without training", ShippedModels.FaceBackbone, aligned,
                hasStrangers: true, Stopwatch.GetTimestamp()) };
        _remark($"The plain backbone: {candidates[0].Validation.Value:0.0%} of the pictures kept for choosing.");

        TrainingSettings fineTuning = TrainingSettings.UsualFor(StartWeights.FaceBackbone, network: null) with { Seed = _seed };
        Add(candidates, "the backbone fine-tuned on the family", fineTuning, aligned, _budget * FineTuningShare, onStep, stop);
        if (!stop.IsCancellationRequested)
        {
            FaceDataset upright = FaceDatasetReader.Read(_faces, _strangers, gray: true, _seed);
            var small = new TrainingSettings { Network = SmallNetwork, Size = SmallNetworkSize, Epochs = SmallNetworkEpochs, Seed = _seed };
            Add(candidates, "a small network trained on the family alone", small, upright, _budget * SmallNetworkShare, onStep, stop);
            if (CandidateChoice.Of(candidates) is { } chosen && chosen == candidates[^1] && candidates.Count > 1
                && OnnxModel.TaskOf(chosen.Folder) == ModelTask.Classification)
                return Result(candidates, chosen, upright);
        }
        return Result(candidates, CandidateChoice.Of(candidates), aligned);
    }

    private static BuildResult Result(List<ModelCandidate> candidates, ModelCandidate chosen, FaceDataset dataset)
    {
        (Core.Statistics.Rate test, _) = CandidateMeasurement.Of(chosen.Folder, dataset, Split.Test);
        return new BuildResult(candidates, chosen, CandidateChoice.Explain(candidates, chosen), test, dataset.FamilyOf(Split.Test).Count);
    }

    private static ModelCandidate Measured(string name, string folder, FaceDataset dataset, bool hasStrangers, long started)
    {
        (Core.Statistics.Rate right, double milliseconds) = CandidateMeasurement.Of(folder, dataset, Split.Validation);
        return new ModelCandidate(name, folder, right, milliseconds, hasStrangers, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private void Add(List<ModelCandidate> candidates, string name, TrainingSettings settings, FaceDataset dataset, TimeSpan budget,
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
        run.Run(onStep, limit.Token);
        ModelManifest manifest = ModelExport.Write(Path.Combine(directory, Checkpoint.BestFile), Precision.Fp32, model);
        bool hasStrangers = manifest.Task == ModelTask.Embedding
            ? StrangerBankExport.Write(model, dataset, settings)
            : dataset.UnknownLabel is not null;
        candidates.Add(Measured(name, model, dataset, hasStrangers, started));
        _remark($"{name}: {candidates[^1].Validation.Value:0.0%}.");
    }
}
