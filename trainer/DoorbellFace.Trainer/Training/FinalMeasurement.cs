using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Training;

/// <summary>What is found out about the best network once the training has ended.</summary>
internal sealed class FinalMeasurement(FaceNetwork network, Preprocessor preprocessor, TrainingState state)
{
    /// <summary>Training crops that int8 is calibrated with, each as it is and once augmented; more change nothing.</summary>
    private const int CalibrationCrops = 48;

    /// <summary>Chooses on the validation crops, measures on the test crops, calibrates on training crops.</summary>
    public TrainingOutcome Measure(
        Predictions validation, Predictions test, IReadOnlyList<LabelledCrop> trainCrops, IReadOnlyList<LabelledCrop> validationCrops,
            BatchSource batches, DateTimeOffset now)
    {
        int unknown = state.UnknownIndex;
        float temperature = TemperatureScaling.Fit(validation);
        MatchThresholds thresholds = ThresholdRule.Choose(validation, temperature, unknown);
        (double right, double wrong) = ThresholdRule.Named(test, temperature, thresholds, unknown);
        var metrics = new Dictionary<string, double>
        {
            ["validation_accuracy"] = validation.Accuracy,
            ["test_accuracy"] = test.Accuracy,
            ["test_named_right"] = right,
            ["test_named_wrong"] = wrong,
        };
        var ranges =
            Int8Calibration.Measure(NetworkGraph.ToCalibrationModel(network, preprocessor.Settings.Size),
                CalibrationTensors(trainCrops, batches));
        return new TrainingOutcome(now, temperature, thresholds, metrics, ranges)
        {
            EmbeddingThresholds = network is BackboneClassifier
                ? CosineRule.Choose(Embeddings(trainCrops), Embeddings(validationCrops), unknown)
                : null,
        };
    }

    private List<(int Label, Embedding Embedding)> Embeddings(IReadOnlyList<LabelledCrop> crops) =>
        [.. crops.Zip(Evaluator.Embed(network, crops, preprocessor, state.Settings.Batch).Chunk(network.EmbeddingLength), (crop, values) =>
            (crop.Label, Embedding.Of(values)))];

    private IEnumerable<float[]> CalibrationTensors(IReadOnlyList<LabelledCrop> trainCrops, BatchSource batches)
    {
        int[] chosen = [.. Enumerable.Range(0, trainCrops.Count)];
        new SeededRandom(state.Settings.Seed).Shuffle(chosen);
        foreach (int index in chosen.Take(CalibrationCrops))
        {
            yield return preprocessor.ToTensor(trainCrops[index].Pixels);
            var augmented = new float[preprocessor.TensorLength];
            batches.WriteAugmented(epoch: 0, index, augmented);
            yield return augmented;
        }
    }
}
