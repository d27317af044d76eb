using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Export;

/// <summary>What an exported file makes of the test crops of its training, in ONNX Runtime: what fewer bits cost.</summary>
internal static class PrecisionMeasurement
{
    /// <summary>Metrics' names: of this very file, and of the network before its weights were rounded.</summary>
    public const string OwnAccuracy = "test_accuracy", Fp32Accuracy = "test_accuracy_fp32";

    /// <summary>The metrics to put into the manifest.</summary>
    /// <param name="directory">The exported model.</param>
    /// <param name="state">The training; its seed divides the crops as it did then.</param>
    /// <param name="dataset">The crops that it was trained with.</param>
    /// <exception cref="UserErrorException">They are others.</exception>
    public static IReadOnlyDictionary<string, double> Measure(string directory, TrainingState state, FaceDataset dataset)
    {
        if (dataset.Description.Sha256 != state.Dataset.Sha256)
            throw new UserErrorException(
                $"The faces that were given (SHA-256 {dataset.Description.Sha256[..12]}...) are not those the network was trained with "
                + $"({state.Dataset.Sha256[..12]}...), so test pictures could be among those it learnt from. Give the same --faces and "
                + $"--strangers as to ./doorbell train, or leave both out.");
        using OnnxModel model = OnnxModel.Load(directory, OnnxModel.TaskOf(directory), threads: 1);
        var preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        IReadOnlyList<LabelledCrop> crops = dataset.Of(Split.Test);
        int right = crops.Count(crop =>
        {
            float[] logits = model.Run(preprocessor.ToTensor(crop.Pixels), model.Manifest.LogitsName ?? model.Manifest.OutputName)[0];
            return logits.AsSpan().IndexOf(logits.Max()) == crop.Label;
        });
        return new Dictionary<string, double>
            { [OwnAccuracy] = (double)right / crops.Count, [Fp32Accuracy] = state.Outcome!.Metrics["test_accuracy"] };
    }
}
