using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>Makes a model folder for the host out of a backbone's checkpoint.</summary>
internal static class BackboneExport
{
    /// <summary>Faces that int8 is calibrated with.</summary>
    private const int CalibrationFaces = 200;

    /// <summary>Cosines at which a household's own thresholds start; see <c>StrangerBank</c>.</summary>
    private static readonly MatchThresholds StartThresholds = new(Accept: 0.45f, Reject: 0.35f);

    /// <summary>Exports a checkpoint.</summary>
    /// <param name="checkpointPath">From <see cref="DistillationRun"/>.</param>
    /// <param name="harvest">The faces it learnt from; int8 is calibrated with some of them.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="directory">The model folder; a model that is there is replaced.</param>
    /// <param name="now">When.</param>
    /// <returns>The manifest as written.</returns>
    public static ModelManifest Write(string checkpointPath, FaceHarvest harvest, Precision precision, string directory, DateTimeOffset now)
    {
        ModelExport.RequireModelFolder(directory);
        DistillationState state = Checkpoint.ReadState<DistillationState>(checkpointPath);
        using var network = new FaceBackbone();
        Checkpoint.ReadNetwork(checkpointPath, network);
        network.eval();
        int size = state.Settings.Size;
        IReadOnlyDictionary<string, ActivationRange> ranges = precision == Precision.Int8
            ? Int8Calibration.Measure(NetworkGraph.ToCalibrationModel(network, size),
                harvest.Sample(CalibrationFaces, size, state.Settings.Seed))
            : new Dictionary<string, ActivationRange>();
        return ModelDirectory.Write(directory, ManifestOf(state, now), metadata =>
            NetworkGraph.ToModel(network, size, precision, ranges, metadata));
    }

    private static ModelManifest ManifestOf(DistillationState state, DateTimeOffset now) => new()
    {
        ManifestVersion = ModelManifest.CurrentVersion,
        ModelSha256 = "",
        Task = ModelTask.Embedding,
        InputName = NetworkGraph.InputName,
        OutputName = NetworkGraph.EmbeddingName,
        EmbeddingName = NetworkGraph.EmbeddingName,
        Preprocessor = PreprocessorSettings.AlignedGray(state.Settings.Size),
        Id2Label = new Dictionary<int, string>(),
        Thresholds = StartThresholds,
        TrainedAt = now,
        Dataset =
            new DatasetDescription("utkface, lfw and glint20 without the people of the benchmark lists", state.HarvestSha256,
                new Dictionary<string, int> { ["faces"] = state.Faces }),
        Metrics = MetricsOf(state),
        TrainerVersion = ProgramVersion.Text,
    };

    private static Dictionary<string, double> MetricsOf(DistillationState state)
    {
        DistillationEpoch? last = state.Epochs is [.., var ended] ? ended : null;
        var metrics = new Dictionary<string, double> { ["epochs"] = last?.Number ?? 0, ["steps"] = state.Steps };
        if (last is not null)
        {
            metrics["held_out_cosine"] = last.CleanCosine;
            metrics["held_out_camera_cosine"] = last.CameraCosine;
        }
        return metrics;
    }
}
