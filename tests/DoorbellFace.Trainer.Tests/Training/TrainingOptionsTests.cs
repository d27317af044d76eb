using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Tests.Training;

/// <summary>
/// The ways of training beside the usual one: each comes to its end, and each goes on after a kill as if nothing had been.
/// </summary>
public sealed class TrainingOptionsTests : IClassFixture<TrainingOptionsTests.Drawn>
{
    private static readonly TrainingSettings Small = new()
    {
        Network = "resnet18", Epochs = 4, Size = 32, Batch = 8, Seed = 5, LearningRate = 2e-3,
    };

    private readonly Drawn _drawn;

    public TrainingOptionsTests(Drawn drawn) => _drawn = drawn;

    public static TheoryData<string> Ways => [.. Settings.Keys];

    private static Dictionary<string, TrainingSettings> Settings { get; } = new()
    {
        ["frozen features, augmented copies"] = Small with
        {
            Mode = TrainingSettings.FeatureExtraction, Epochs = 12, Copies = 3, Augment = "paper",
        },
        ["sgd, constant rate, micro-batches"] = Small with
        {
            Optimizer = Optimizers.Sgd, LearningRate = 0.02, Schedule = TrainingSettings.Constant, MicroBatch = 3,
        },
        ["adam, colour, no augmentation"] = Small with { Optimizer = Optimizers.Adam, Colour = true, Augment = "none" },
        ["dropout"] = Small with { Network = "squeezenet1_0", Size = 64, Epochs = 3, LearningRate = 1e-4 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Goes_on_after_a_kill_as_if_nothing_had_been(string way) => GoesOn(way, Settings[way]);

    [MixedPrecisionFact]
    public void Goes_on_after_a_kill_in_mixed_precision_too() => GoesOn("mixed precision", Small with { MixedPrecision = true });

    private void GoesOn(string way, TrainingSettings settings)
    {
        string whole = _drawn.Folder.In($"{way} whole"), killed = _drawn.Folder.In($"{way} killed");
        IReadOnlyList<EpochResult> expected;
        using (TrainingRun run = TrainingRun.Begin(_drawn.Dataset, settings, whole, TimeProvider.System))
        {
            // With frozen features checkpoints are seconds apart, so what a kill leaves is the beginning.
            run.Train(progress => CopyOnce(whole, killed, progress.Epoch == 3), CancellationToken.None);
            expected = run.Epochs;
        }

        using TrainingRun resumed = TrainingRun.Resume(_drawn.Dataset, killed, TimeProvider.System);
        Assert.InRange(resumed.Epochs.Count, 0, 2);
        Assert.True(resumed.Train(_ => { }, CancellationToken.None));

        Assert.Equal(settings.Epochs, expected.Count);
        Assert.Equal(expected, resumed.Epochs);
    }

    [Fact]
    public void Frozen_features_learn_and_the_best_epoch_is_what_is_kept()
    {
        TrainingSettings settings = Settings["frozen features, augmented copies"] with { Epochs = 40, LearningRate = 0.02 };
        using TrainingRun run = TrainingRun.Begin(_drawn.Dataset, settings, _drawn.Folder.In("frozen"), TimeProvider.System);

        TrainingState state = run.Run(_ => { }, CancellationToken.None);

        Assert.True(state.Epochs[^1].TrainLoss < state.Epochs[0].TrainLoss, "the last layer learnt nothing");
        Assert.Equal(state.Best!.ValidationAccuracy, run.Measured!.Validation.Accuracy);
        Assert.Equal(state.Best.ValidationLoss, run.Measured.Validation.Loss(), 1e-5);
    }

    [Fact]
    public void Stopped_over_frozen_features_it_keeps_whole_epochs_and_goes_on()
    {
        TrainingSettings settings = Settings["frozen features, augmented copies"];
        string directory = _drawn.Folder.In("frozen stopped");
        using var stop = new CancellationTokenSource();
        using (TrainingRun run = TrainingRun.Begin(_drawn.Dataset, settings, directory, TimeProvider.System))
        {
            Assert.False(run.Train(progress => { if (progress.Epoch == 5) stop.Cancel(); }, stop.Token));
            Assert.Equal(5, run.Epochs.Count);
        }

        using TrainingRun resumed = TrainingRun.Resume(_drawn.Dataset, directory, TimeProvider.System);
        Assert.Equal(5, resumed.Epochs.Count);
        Assert.True(resumed.Train(_ => { }, CancellationToken.None));
    }

    [Theory]
    // Accuracies by epoch, patience, whether the training is over then.
    [InlineData(new[] { 0.5, 0.6, 0.6, 0.6 }, 2, true)]
    [InlineData(new[] { 0.5, 0.6, 0.6 }, 2, false)]
    [InlineData(new[] { 0.5, 0.6, 0.6, 0.7 }, 2, false)]
    [InlineData(new[] { 0.9, 0.1, 0.1, 0.1, 0.1 }, 0, false)]
    public void Ends_when_patience_is_over(double[] accuracies, int patience, bool isOver)
    {
        var state = new TrainingState
        {
            Version = TrainingState.CurrentVersion,
            Settings = Small with { Epochs = 100, Patience = patience },
            Preprocessor = DoorbellFace.Core.Models.PreprocessorSettings.ImageNetGray(32),
            Labels = ["Anna"],
            Dataset = _drawn.Dataset.Description,
            // The losses rise, so that an epoch as accurate as another is not better by its loss.
            Epochs = [.. accuracies.Select((accuracy, i) => new EpochResult(i + 1, 1, 1 + i, accuracy))],
        };

        Assert.Equal(isOver, state.IsComplete);
    }

    [Fact]
    public void Stops_early_in_earnest()
    {
        // At this rate nothing is learnt, so the first epoch stays the best or nearly so.
        TrainingSettings settings = Small with
        {
            Epochs = 60, Patience = 3, LearningRate = 1e-12, Mode = TrainingSettings.FeatureExtraction, Augment = "none",
        };
        using TrainingRun run = TrainingRun.Begin(_drawn.Dataset, settings, _drawn.Folder.In("patience"), TimeProvider.System);

        Assert.True(run.Train(_ => { }, CancellationToken.None));

        Assert.InRange(run.Epochs.Count, 4, 59);
    }

    [Fact]
    public void Micro_batches_make_the_steps_of_whole_batches()
    {
        // Without normalisation and dropout a step depends on the pictures alone, however they are divided.
        TrainingSettings whole = Small with { Mode = TrainingSettings.FeatureExtraction, Augment = "none", Epochs = 3, LabelSmoothing = 0 };
        IReadOnlyList<EpochResult> Train(TrainingSettings settings, string name)
        {
            using TrainingRun run = TrainingRun.Begin(_drawn.Dataset, settings, _drawn.Folder.In(name), TimeProvider.System);
            run.Train(_ => { }, CancellationToken.None);
            return run.Epochs;
        }

        IReadOnlyList<EpochResult> one = Train(whole, "whole batches"), parts = Train(whole with { MicroBatch = 3 }, "micro-batches");

        Assert.All(one.Zip(parts), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-4));
    }

    private static void CopyOnce(string from, string to, bool now)
    {
        if (!now || Directory.Exists(to)) return;
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    public sealed class Drawn : IDisposable
    {
        public Drawn()
        {
            Folder.Add("people", "Anna", 15).Add("people", "Ben", 15).Add("people", "Clara", 15);
            Dataset = FaceDatasetReader.Read(Folder.In("people"), strangers: null, gray: true, seed: 5);
        }

        internal DrawnFolder Folder { get; } = new();

        internal FaceDataset Dataset { get; }

        public void Dispose() => Folder.Dispose();
    }
}
