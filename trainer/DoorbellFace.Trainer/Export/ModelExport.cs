using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Export;

/// <summary>Makes a model folder for the host out of a checkpoint.</summary>
internal static class ModelExport
{
    /// <summary>Exports a checkpoint.</summary>
    /// <param name="checkpointPath">A best.checkpoint whose training has ended.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="directory">The model folder; a model that is there is replaced.</param>
    /// <param name="measured">Figures of the exported file itself, which take the place of the training's; null before it is
    /// measured.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="UserErrorException">The checkpoint cannot be used, its training has not ended, or the folder holds something
    /// else.</exception>
    public static ModelManifest Write(string checkpointPath, Precision precision, string directory,
        IReadOnlyDictionary<string, double>? measured = null)
    {
        RequireModelFolder(directory);
        TrainingState state = TrainingState.Read(checkpointPath);
        if (state.Outcome is not { } outcome)
            throw new UserErrorException(
                $"The checkpoint '{checkpointPath}' is of a training that has not ended, so nothing is known yet about its thresholds. "
                + $"Finish it with ./doorbell train ... --resume, and export {Checkpoint.BestFile} from the same folder.");
        using FaceNetwork network = NetworkKind.Named(state.Settings.Network).Create(state.Labels.Count);
        Checkpoint.ReadNetwork(checkpointPath, network);
        network.eval();
        if (precision == Precision.Int8) RequireRanges(checkpointPath, network, state.Preprocessor.Size, outcome);
        ModelManifest manifest = ManifestOf(state, outcome);
        if (measured is not null) manifest = manifest with
        {
            Metrics = new Dictionary<string, double>(manifest.Metrics.Where(metric => !measured.ContainsKey(metric.Key)).Concat(measured)),
        };
        return ModelDirectory.Write(
            directory,
            manifest,
            metadata => NetworkGraph.ToModel(network, state.Preprocessor.Size, outcome.Temperature, precision, outcome.Ranges, metadata));
    }

    /// <summary>Refuses a folder that holds anything but a model, before anything is worked out for it.</summary>
    /// <exception cref="UserErrorException">It does.</exception>
    public static void RequireModelFolder(string directory)
    {
        if (ModelDirectory.ForeignContent(directory) is { } foreign)
            throw new UserErrorException(
                $"'{directory}' should be a new folder or one with a model in it, which is then replaced; it holds '{foreign}'. Choose "
                + $"another.");
    }

    /// <summary>Old checkpoints know the ranges of other activations than the graph has today.</summary>
    private static void RequireRanges(string checkpointPath, FaceNetwork network, int size, TrainingOutcome outcome)
    {
        IReadOnlyList<string> needed = NetworkGraph.ToCalibrationModel(network, size).Activations;
        int missing = needed.Count(activation => !outcome.Ranges.ContainsKey(activation));
        if (missing > 0)
            throw new UserErrorException(
                $"The checkpoint '{checkpointPath}' is of an earlier version of this program and cannot become int8: of {needed.Count} "
                + $"activations the ranges of {missing} were not measured. Export it as fp16, or let ./doorbell train ... --resume finish "
                + $"it again, which measures them.");
    }

    private static ModelManifest ManifestOf(TrainingState state, TrainingOutcome outcome)
    {
        ModelManifest manifest = ClassificationOf(state, outcome);
        // A backbone is asked for its embedding, as the shipped one is; its classifier is a second opinion.
        return outcome.EmbeddingThresholds is not { } cosines ? manifest : manifest with
        {
            Task = ModelTask.Embedding,
            OutputName = NetworkGraph.EmbeddingName,
            LogitsName = NetworkGraph.LogitsName,
            Thresholds = cosines,
            LogitsThresholds = outcome.Thresholds,
        };
    }

    private static ModelManifest ClassificationOf(TrainingState state, TrainingOutcome outcome) => new()
    {
        ManifestVersion = ModelManifest.CurrentVersion,
        ModelSha256 = "",
        Task = ModelTask.Classification,
        InputName = NetworkGraph.InputName,
        OutputName = NetworkGraph.LogitsName,
        EmbeddingName = NetworkGraph.EmbeddingName,
        Preprocessor = state.Preprocessor,
        Id2Label = state.Labels.Index().ToDictionary(item => item.Index, item => item.Item),
        UnknownLabel = state.UnknownLabel,
        Thresholds = outcome.Thresholds,
        TrainedAt = outcome.TrainedAt,
        Dataset = state.Dataset,
        Metrics = outcome.Metrics,
        TrainerVersion = ProgramVersion.Text,
    };
}
