using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>Makes a model folder for the host out of a finished training.</summary>
internal static class LandmarkExport
{
    /// <summary>
    /// Writes the folder; a model that is there is replaced. The network is changed: a face's probability is one half at the threshold.
    /// </summary>
    /// <returns>The manifest as written.</returns>
    public static ModelManifest Write(LandmarkRun run, Precision precision, string directory, DateTimeOffset now)
    {
        LandmarkState state = run.State;
        LandmarkReport report = state.Reports[^1];
        // Whoever asks for a face's probability need not know where this network's own threshold happened to be.
        run.Network.ShiftToHalf(report.Threshold);
        run.Network.eval();
        var manifest = new ModelManifest
        {
            ManifestVersion = ModelManifest.CurrentVersion,
            ModelSha256 = "",
            Task = ModelTask.Landmarks,
            InputName = LandmarkGraph.InputName,
            OutputName = LandmarkGraph.LandmarksName,
            FaceName = LandmarkGraph.FaceName,
            Preprocessor = LandmarkSettings.Preprocessor,
            Id2Label = new Dictionary<int, string>(),
            Thresholds = new MatchThresholds(Accept: 0.5f, Reject: 0.5f),
            TrainedAt = now,
            Dataset = new DatasetDescription(
                "photos that pre-training may use, and false alarms of the sweep", state.Material.Sha256,
                new Dictionary<string, int> { ["face"] = state.Material.Faces, ["false alarm"] = state.Material.Alarms }),
            Metrics = new Dictionary<string, double>
            {
                ["held_out_landmark_error"] = Rounded(report.Error),
                ["held_out_faces_kept"] = Rounded(report.FacesKept),
                ["held_out_others_kept"] = Rounded(report.OthersKept),
            },
            TrainerVersion = ProgramVersion.Text,
        };
        return ModelDirectory.Write(directory, manifest, metadata => LandmarkGraph.ToModel(run.Network, precision, metadata));
    }

    private static double Rounded(double value) => Math.Round(value, 5);
}
