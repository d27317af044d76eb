using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Training;

/// <summary>From the shipped backbone to a family's model, which the host loads as a backbone with a second opinion.</summary>
public sealed class BackboneTrainingTests : IDisposable
{
    private readonly DrawnFolder _folder = new DrawnFolder().Add("faces", "Anna", 8).Add("faces", "Ben", 8).Add("faces", "Clara", 8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_frozen_features_the_embedding_and_its_strangers_stay_the_backbones()
    {
        (ModelManifest manifest, bool hasStrangers) = Train(TrainingSettings.FeatureExtraction, epochs: 8, strangers: null);
        using var family = OnnxFaceEmbedder.Load(_folder.In("model"), threads: 1);
        using var shipped = OnnxFaceEmbedder.Load(ShippedModels.FaceBackbone, threads: 1);
        PixelBuffer picture = DrawnFolder.Draw("Ben", 3);
        FaceLandmarks landmarks = FaceAlignment.Template.Map(point => new FacePoint(picture.Width * point.X, picture.Height * point.Y));

        (Embedding embedding, FaceScores? scores) = family.EmbedAndClassify(picture, landmarks);

        Assert.Equal((ModelTask.Embedding, "embedding", "logits"), (manifest.Task, manifest.OutputName, manifest.LogitsName));
        Assert.Equal(["Anna", "Ben", "Clara"], manifest.Labels);
        Assert.InRange(embedding.Similarity(shipped.Embed(picture, landmarks)), 0.9999f, 1.0001f);
        Assert.Equal("Ben", scores!.Best().Label);
        Assert.True(hasStrangers);
        Assert.Equal(1024,
            StrangerBank.Parse(File.ReadAllBytes(Path.Combine(_folder.In("model"), StrangerBankExport.FileName)), manifest.ModelSha256)
            .Strangers.Count);
    }

    [Fact]
    public void Fine_tuned_it_needs_strangers_of_its_own_and_takes_those_it_did_not_learn_from()
    {
        foreach (int stranger in Enumerable.Range(0, 10)) _folder.Add("strangers", $"Stranger{stranger}", 1);

        (ModelManifest manifest, bool hasStrangers) = Train(TrainingSettings.FineTune, epochs: 1, _folder.In("strangers"));

        Assert.True(hasStrangers);
        Assert.Equal("unknown", manifest.UnknownLabel);
        Assert.Equal(4,
            StrangerBank.Parse(File.ReadAllBytes(Path.Combine(_folder.In("model"), StrangerBankExport.FileName)), manifest.ModelSha256)
            .Strangers.Count);
    }

    [Fact]
    public void Fine_tuned_without_strangers_it_has_no_bank()
    {
        (ModelManifest manifest, bool hasStrangers) = Train(TrainingSettings.FineTune, epochs: 1, strangers: null);

        Assert.False(hasStrangers);
        Assert.False(File.Exists(Path.Combine(_folder.In("model"), StrangerBankExport.FileName)));
        Assert.InRange(manifest.Thresholds.Accept, 0.45f, 0.9f);
    }

    [Theory]
    [InlineData("Fp16")]
    [InlineData("Int8")]
    public void Says_in_the_manifest_what_a_precision_costs(string precision)
    {
        Train(TrainingSettings.FeatureExtraction, epochs: 8, strangers: null);
        string checkpoint = Path.Combine(_folder.In("run"), Checkpoint.BestFile), small = _folder.In("small");
        FaceDataset dataset = FaceDatasetReader.Read(_folder.In("faces"), null, gray: true, seed: 1);
        ModelExport.Write(checkpoint, Enum.Parse<Precision>(precision), small);

        IReadOnlyDictionary<string, double> measured = PrecisionMeasurement.Measure(small, TrainingState.Read(checkpoint), dataset);
        ModelManifest manifest = ModelExport.Write(checkpoint, Enum.Parse<Precision>(precision), small, measured);

        Assert.InRange(measured[PrecisionMeasurement.OwnAccuracy], 0.8, 1);
        Assert.Equal(measured[PrecisionMeasurement.OwnAccuracy], manifest.Metrics["test_accuracy"]);
        Assert.Equal(TrainingState.Read(checkpoint).Outcome!.Metrics["test_accuracy"], manifest.Metrics["test_accuracy_fp32"]);
        // Measured on other pictures the figure would say nothing.
        _folder.Add("faces", "Ben", 9);
        Assert.Throws<Terminal.UserErrorException>(() =>
            PrecisionMeasurement.Measure(small, TrainingState.Read(checkpoint),
                FaceDatasetReader.Read(_folder.In("faces"), null, gray: true, seed: 1)));
    }

    [Fact]
    public void An_old_checkpoint_without_the_ranges_of_today_cannot_become_int8_and_says_why()
    {
        Train(TrainingSettings.FeatureExtraction, epochs: 1, strangers: null);
        string checkpoint = Path.Combine(_folder.In("run"), Checkpoint.BestFile), old = _folder.In("old.checkpoint");
        TrainingState state = TrainingState.Read(checkpoint);
        using var network = new Trainer.Network.BackboneClassifier(3);
        Checkpoint.ReadNetwork(checkpoint, network);
        Checkpoint.Write(old, state with { Outcome = state.Outcome! with { Ranges = state.Outcome.Ranges.Take(3).ToDictionary() } },
            network, optimizer: null);

        var error = Assert.Throws<Terminal.UserErrorException>(() => ModelExport.Write(old, Precision.Int8, _folder.In("small")));

        Assert.Matches(
            "is of an earlier version of this program and cannot become int8: of \\d+ activations the ranges of \\d+ were not measured",
                error.Message);
        Assert.False(Directory.Exists(_folder.In("small")));
    }

    private (ModelManifest Manifest, bool HasStrangers) Train(string mode, int epochs, string? strangers)
    {
        FaceDataset dataset = FaceDatasetReader.Read(_folder.In("faces"), strangers, gray: true, seed: 1);
        TrainingSettings settings = TrainingSettings.UsualFor(StartWeights.FaceBackbone, network: null, mode) with
        {
            Epochs = epochs, Batch = 8, Copies = 1,
        };
        string? start = StartWeights.FileFor(settings.Start, settings.Network, new WeightStore(_folder.In("weights")));
        using var run = TrainingRun.Begin(dataset, settings, _folder.In("run"), TimeProvider.System, start);
        run.Run(_ => { }, CancellationToken.None);
        ModelManifest manifest =
            ModelExport.Write(Path.Combine(_folder.In("run"), Checkpoint.BestFile), Precision.Fp32, _folder.In("model"));
        return (manifest, StrangerBankExport.Write(_folder.In("model"), dataset, settings));
    }
}
