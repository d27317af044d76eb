using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Weights;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Training;

/// <summary>One real training, small, and what must hold of it and of those that are cut short.</summary>
public sealed class TrainingRunTests : IClassFixture<TrainingRunTests.Trained>
{
    private readonly Trained _trained;

    public TrainingRunTests(Trained trained) => _trained = trained;

    [Fact]
    public void Learns_to_tell_three_people_and_strangers_apart()
    {
        TrainingOutcome outcome = _trained.State.Outcome!;

        Assert.Equal(Trained.Settings.Epochs, _trained.State.Epochs.Count);
        Assert.True(_trained.State.Epochs[^1].TrainLoss < _trained.State.Epochs[0].TrainLoss / 1.3, "the loss hardly fell");
        Assert.InRange(outcome.Metrics["validation_accuracy"], 0.9, 1);
        Assert.InRange(outcome.Metrics["test_accuracy"], 0.9, 1);
        Assert.Equal(_trained.State.Epochs.Max(epoch => epoch.ValidationAccuracy), outcome.Metrics["validation_accuracy"]);
    }

    // Tolerances are those of a logit; a crop on the border between two labels may fall to the other side under int8.
    [Theory]
    [InlineData("Fp32", 1e-4, 1.0)]
    [InlineData("Fp16", 1e-2, 1.0)]
    [InlineData("Int8", 0.5, 0.9)]
    public void Becomes_a_model_that_the_host_loads_and_that_agrees_with_torch(string precision, double tolerance, double sameLabel)
    {
        string directory = Path.Combine(_trained.Folder.Path, $"model-{precision}");
        ModelExport.Write(_trained.BestCheckpoint, Enum.Parse<Precision>(precision), directory);
        using var classifier = OnnxFaceClassifier.Load(directory, threads: 1);
        var preprocessor = new Preprocessor(classifier.Manifest.Preprocessor);
        IReadOnlyList<LabelledCrop> crops = _trained.Dataset.Of(Split.Test);
        using var network = new ResNet18(_trained.Dataset.Labels.Count);
        Checkpoint.ReadNetwork(_trained.BestCheckpoint, network);
        Predictions torch = Evaluator.Predict(network, crops, preprocessor, batch: 16);
        float temperature = _trained.State.Outcome!.Temperature;

        Assert.Equal(["Anna", "Ben", "Clara", "unknown"], classifier.Manifest.Labels);
        Assert.Equal("unknown", classifier.Manifest.UnknownLabel);
        Assert.Equal(_trained.Dataset.Description.Sha256, classifier.Manifest.Dataset.Sha256);
        int same = 0;
        for (int i = 0; i < crops.Count; i++)
        {
            float[] logits = classifier.Classify(preprocessor.ToTensor(crops[i].Pixels));
            if (torch.Best(i).Label == logits.AsSpan().IndexOf(logits.Max())) same++;
            Assert.All(logits.Zip(torch.Logits[i]), pair =>
                Assert.InRange(pair.First - (pair.Second / temperature), -tolerance, tolerance));
        }
        Assert.InRange((double)same / crops.Count, sameLabel, 1);
    }

    [Fact]
    public void Goes_on_after_a_kill_as_if_nothing_had_been()
    {
        // The folder as it lay on the disk in the middle of epoch 3, with what a kill in the middle of writing leaves behind.
        string directory = _trained.KilledDirectory;
        File.WriteAllText(Path.Combine(directory, Checkpoint.LastFile + ".part"), "half a checkpoint");

        using TrainingRun resumed = TrainingRun.Resume(_trained.Dataset, directory, TimeProvider.System);
        int firstEpoch = 0;
        TrainingState state = resumed.Run(progress => firstEpoch = firstEpoch == 0 ? progress.Epoch : firstEpoch, CancellationToken.None);

        Assert.Equal(3, firstEpoch);
        Assert.Equal(_trained.State.Epochs, state.Epochs);
        Assert.Equal(_trained.State.Outcome!.Metrics, state.Outcome!.Metrics);
        Assert.Equal(_trained.State.Outcome.Thresholds, state.Outcome.Thresholds);
    }

    [Fact]
    public void Leaves_a_usable_model_when_it_is_stopped_in_the_first_epoch_and_can_still_go_on()
    {
        string directory = Path.Combine(_trained.Folder.Path, "stopped");
        using var stop = new CancellationTokenSource();
        using (TrainingRun run = TrainingRun.Begin(_trained.Dataset, Trained.Settings, directory, TimeProvider.System))
            run.Run(progress => { if (progress.Step == 2) stop.Cancel(); }, stop.Token);

        ModelExport.Write(Path.Combine(directory, Checkpoint.BestFile), Precision.Fp32, Path.Combine(directory, "model"));
        using (OnnxFaceClassifier classifier = OnnxFaceClassifier.Load(Path.Combine(directory, "model"), threads: 1))
            Assert.Equal(4, classifier.Manifest.Labels.Count);
        Assert.Empty(TrainingState.Read(Path.Combine(directory, Checkpoint.LastFile)).Epochs);
    }

    [ModelFact("squeezenet1_0-imagenet.pth")]
    public void Begins_with_anothers_weights_and_becomes_a_model_of_that_network()
    {
        string directory = Path.Combine(_trained.Folder.Path, "transferred"),
            weights = ModelFactAttribute.Find("squeezenet1_0-imagenet.pth")!;
        TrainingSettings settings = Trained.Settings with { Network = "squeezenet1_0", Start = weights, Epochs = 1, LearningRate = 1e-3 };
        TrainingState state;
        using (TrainingRun run = TrainingRun.Begin(_trained.Dataset, settings, directory, TimeProvider.System, weights))
        {
            Assert.Equal(
                "Taken: 50 tensors, 0.74 million numbers. The last layer, classifier.1, starts at random: it has this task's labels.",
                    run.Start!.Describe());
            state = run.Run(_ => { }, CancellationToken.None);
        }

        ModelExport.Write(Path.Combine(directory, Checkpoint.BestFile), Precision.Int8, Path.Combine(directory, "model"));
        using OnnxFaceClassifier classifier = OnnxFaceClassifier.Load(Path.Combine(directory, "model"), threads: 1);

        Assert.Equal(("squeezenet1_0", weights), (state.Settings.Network, state.Settings.Start));
        Assert.Equal(4, classifier.Manifest.Labels.Count);
        Assert.InRange(new FileInfo(Path.Combine(directory, "model", ModelDirectory.ModelFile)).Length, 1, 1_000_000);
    }

    [Fact]
    public void Refuses_to_go_on_with_other_pictures()
    {
        FaceDataset other = _trained.Dataset with { Description = _trained.Dataset.Description with { Sha256 = new string('7', 64) } };

        var error =
            Assert.Throws<UserErrorException>(() =>
                TrainingRun.Resume(other, Path.GetDirectoryName(_trained.BestCheckpoint)!, TimeProvider.System));

        Assert.Contains("began with other pictures", error.Message, StringComparison.Ordinal);
        Assert.Contains("777777777777...", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_export_a_training_that_has_not_ended()
    {
        string last = Path.Combine(Path.GetDirectoryName(_trained.BestCheckpoint)!, Checkpoint.LastFile);

        var error =
            Assert.Throws<UserErrorException>(() => ModelExport.Write(last, Precision.Fp32, Path.Combine(_trained.Folder.Path, "never")));

        Assert.Contains("is of a training that has not ended", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Refuses_a_checkpoint_cut_short(double part)
    {
        byte[] whole = File.ReadAllBytes(_trained.BestCheckpoint);
        string cut = Path.Combine(_trained.Folder.Path, "cut.checkpoint");
        File.WriteAllBytes(cut, whole[..(int)(whole.Length * part)]);

        var error = Assert.Throws<UserErrorException>(() => TrainingState.Read(cut));

        Assert.StartsWith($"The checkpoint '{cut}' cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_checkpoint_with_flipped_bits_in_its_weights()
    {
        byte[] damaged = File.ReadAllBytes(_trained.BestCheckpoint);
        damaged[damaged.Length / 2] ^= 0x10;
        string path = Path.Combine(_trained.Folder.Path, "damaged.checkpoint");
        File.WriteAllBytes(path, damaged);
        using var network = new ResNet18(4);

        var error = Assert.Throws<UserErrorException>(() => Checkpoint.ReadNetwork(path, network));

        Assert.StartsWith($"The checkpoint '{path}' cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_checkpoint_that_is_not_there()
    {
        Assert.StartsWith("There is no checkpoint '/nowhere/best.checkpoint'.",
            Assert.Throws<UserErrorException>(() => TrainingState.Read("/nowhere/best.checkpoint")).Message, StringComparison.Ordinal);
    }

    public sealed class Trained : IDisposable
    {
        internal static readonly TrainingSettings Settings = new() { Epochs = 4, Size = 32, Batch = 8, Seed = 5, LearningRate = 2e-3 };

        public Trained()
        {
            Folder.Add("people", "Anna", 40).Add("people", "Ben", 40).Add("people", "Clara", 40);
            for (int i = 0; i < 10; i++) Folder.Add("strangers", $"stranger {i}", 8);
            Dataset = FaceDatasetReader.Read(Folder.In("people"), Folder.In("strangers"), gray: true, Settings.Seed);
            string directory = Folder.In("training");
            using TrainingRun run = TrainingRun.Begin(Dataset, Settings, directory, TimeProvider.System);
            State = run.Run(CopyInTheMiddleOfEpochThree, CancellationToken.None);
            BestCheckpoint = Path.Combine(directory, Checkpoint.BestFile);
        }

        internal DrawnFolder Folder { get; } = new();

        internal FaceDataset Dataset { get; }

        internal TrainingState State { get; }

        internal string BestCheckpoint { get; }

        internal string KilledDirectory => Folder.In("killed");

        public void Dispose() => Folder.Dispose();

        private void CopyInTheMiddleOfEpochThree(TrainingProgress progress)
        {
            if (progress.Epoch != 3 || Directory.Exists(KilledDirectory)) return;
            Directory.CreateDirectory(KilledDirectory);
            foreach (string file in Directory.GetFiles(Folder.In("training")))
                File.Copy(file, Path.Combine(KilledDirectory, Path.GetFileName(file)));
        }
    }
}
