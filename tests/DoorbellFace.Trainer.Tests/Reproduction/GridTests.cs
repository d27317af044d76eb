using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Reproduction;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Tests.Reproduction;

/// <summary>The grid: what is in it, and that it goes on after whatever ended it.</summary>
public sealed class GridTests : IDisposable
{
    private static readonly GridSettings Grid = new() { Size = 64, Epochs = 3, FeatureEpochs = 5, Batch = 8 };

    private readonly DrawnFolder _folder = new();
    private readonly FaceDataset _dataset;

    public GridTests()
    {
        _folder.Add("people", "Anna", 10).Add("people", "Ben", 10);
        _dataset = FaceDatasetReader.Read(_folder.In("people"), strangers: null, gray: false, seed: 1);
    }

    private static GridCell[] TwoCells => [Cell("first", "none"), Cell("second", "flip")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_network_is_there_with_frozen_features_and_fine_tuned()
    {
        GridCell[] cells = [.. GridPlan.Cells(Grid, [1, 2])];

        Assert.Equal(cells.Length, cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(GridPlan.Networks.Append(GridPlan.Reference).Append(GridPlan.Backbone).Order(),
            NetworkKind.All.Select(kind => kind.Name).Where(name => cells.Any(cell => cell.Settings.Network == name)).Order());
        foreach (string network in GridPlan.Networks.Append(GridPlan.Backbone))
        {
            Assert.Contains(cells, cell =>
                cell.Name == GridPlan.FeaturesOf(network) && cell.Settings.Mode == TrainingSettings.FeatureExtraction
                    && cell.Settings.Network == network);
            Assert.Contains(cells, cell =>
                cell.Name == GridPlan.FineTunedOf(network) && cell.Settings.Mode == TrainingSettings.FineTune
                    && cell.Settings.Network == network);
        }
        Assert.All(cells, cell => Assert.Empty(cell.Settings.Complaints()));
        // All of one seed before any of the next.
        Assert.Equal(cells.OrderBy(cell => cell.Settings.Seed).Select(cell => cell.Id), cells.Select(cell => cell.Id));
    }

    [Fact]
    public void The_longer_ResNet18_is_there_where_a_start_is_named_for_it_with_and_without_rotation()
    {
        GridCell[] without = [.. GridPlan.Cells(Grid, [1])],
            with = [.. GridPlan.Cells(Grid with { Starts = new Dictionary<string, string> { ["resnet18_3"] = "imagenet" } }, [1])];

        GridCell[] more = [.. with.Where(cell => without.All(other => other.Name != cell.Name))];

        Assert.Equal(["resnet18_3-features", "resnet18_3-fine-tuned", "resnet18_3-rotation"], more.Select(cell => cell.Name).Order());
        Assert.All(more, cell => Assert.Equal(("resnet18_3", "imagenet"), (cell.Settings.Network, cell.Settings.Start)));
        // What it shares with the shorter one it does as that does with weights.
        GridCell[] shorter = [.. GridPlan.Cells(Grid with { Starts = new Dictionary<string, string> { ["resnet18"] = "imagenet" } }, [1])];
        foreach (GridCell cell in more)
            Assert.Equal(shorter.Single(other => other.Name == cell.Name.Replace("_3", "", StringComparison.Ordinal)).Settings,
                cell.Settings with { Network = "resnet18" });
    }

    [Fact]
    public void AlexNet_is_there_as_the_paper_trained_it_and_VGG16_so_that_it_fits()
    {
        GridCell[] cells = [.. GridPlan.Cells(Grid, [1])];

        TrainingSettings alexNet = cells.Single(cell => cell.Name == GridPlan.AlexNetOfThePaper).Settings,
            vgg = cells.Single(cell => cell.Name == GridPlan.FineTunedOf("vgg16")).Settings;

        Assert.Equal(("alexnet", Optimizers.Adam, 1e-3, 0.0, TrainingSettings.Constant),
            (alexNet.Network, alexNet.Optimizer, alexNet.LearningRate, alexNet.WarmUpShare, alexNet.Schedule));
        Assert.Equal((Optimizers.Sgd, 4), (vgg.Optimizer, vgg.MicroBatch));
        // Each trial beside it differs in one thing.
        TrainingSettings[] trials =
            [.. GridPlan.AlexNetTrials.Skip(1).Select(trial => cells.Single(cell => cell.Name == trial.Name).Settings)];
        Assert.Equal([alexNet with { WarmUpShare = 0.1 }, alexNet with { LearningRate = 1e-4 }], trials);
    }

    [Fact]
    public void Goes_on_after_a_kill_in_the_middle_of_a_cell_and_comes_to_the_same_end()
    {
        string whole = _folder.In("whole"), killed = _folder.In("killed");
        GridRun Run(string folder)
        {
            var run = new GridRun(folder, TimeProvider.System);
            run.Begin(Grid);
            return run;
        }

        // In the second cell's third epoch the folder is copied as it lies on the disk: that is what a kill leaves.
        int cell = 0;
        Assert.True(Run(whole).Run(TwoCells, _ => _dataset, (number, _) => cell = number,
            progress => CopyOnce(whole, killed, cell == 2 && progress.Epoch == 3), _ => { }, CancellationToken.None));
        var begun = new List<string>();
        int firstEpoch = 0;
        Assert.True(Run(killed).Run(TwoCells, _ => _dataset, (_, next) => begun.Add(next.Name),
            progress => firstEpoch = firstEpoch == 0 ? progress.Epoch : firstEpoch, _ => { }, CancellationToken.None));

        Assert.Equal(["second"], begun);
        Assert.Equal(3, firstEpoch);
        IReadOnlyList<CellResult> expected = Run(whole).Results(TwoCells), found = Run(killed).Results(TwoCells);
        Assert.Equal(2, found.Count);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(3, found[i].Epochs.Count);
            Assert.Equal(expected[i].Epochs, found[i].Epochs);
            Assert.Equal(expected[i].Logits, found[i].Logits);
        }
        // What is done needs no checkpoints any more.
        Assert.Equal([CellResult.FileName], Directory.GetFiles(Path.Combine(killed, "cells", "second-seed1")).Select(Path.GetFileName));
    }

    [Fact]
    public void Stops_when_the_budget_is_over_and_says_that_more_is_to_do()
    {
        var run = new GridRun(_folder.In("stopped"), TimeProvider.System);
        run.Begin(Grid);
        using var stop = new CancellationTokenSource();

        Assert.False(run.Run(TwoCells, _ => _dataset, (_, _) => { }, progress => { if (progress.Epoch == 2) stop.Cancel(); }, _ => { },
            stop.Token));

        Assert.Empty(run.Results(TwoCells));
        int firstEpoch = 0;
        Assert.True(run.Run(TwoCells, _ => _dataset, (_, _) => { }, progress => firstEpoch = firstEpoch == 0 ? progress.Epoch : firstEpoch,
            _ => { }, CancellationToken.None));
        Assert.Equal(2, firstEpoch);
        Assert.Equal(2, run.Results(TwoCells).Count);
    }

    [Fact]
    public void A_training_that_goes_astray_is_a_result_and_the_next_one_is_done()
    {
        GridCell astray = Cell("astray", "none");
        astray = astray with
        {
            Settings = astray.Settings with
            {
                Network = "squeezenet1_0", Size = 64, Optimizer = Optimizers.Sgd, LearningRate = 1, WarmUpShare = 0,
                Schedule = TrainingSettings.Constant, Epochs = 100,
            },
        };
        var run = new GridRun(_folder.In("astray"), TimeProvider.System);
        run.Begin(Grid);

        Assert.True(run.Run([astray, TwoCells[0]], _ => _dataset, (_, _) => { }, _ => { }, _ => { }, CancellationToken.None));

        IReadOnlyList<CellResult> results = run.Results([astray, TwoCells[0]]);
        Assert.StartsWith("The loss is no longer a number in epoch ", results[0].Failure, StringComparison.Ordinal);
        Assert.Null(results[1].Failure);
    }

    [Fact]
    public void Refuses_to_go_on_as_another_grid()
    {
        new GridRun(_folder.In("grid"), TimeProvider.System).Begin(Grid);
        new GridRun(_folder.In("grid"), TimeProvider.System).Begin(Grid with { });

        var error =
            Assert.Throws<UserErrorException>(() => new GridRun(_folder.In("grid"), TimeProvider.System).Begin(Grid with { Epochs = 4 }));

        Assert.Contains("began with \"epochs\": 3.", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
    }

    private static GridCell Cell(string name, string augment) =>
        new(name,
            new TrainingSettings { Network = "resnet18", Size = 32, Epochs = 3, Batch = 8, Seed = 1, Augment = augment, Colour = true });

    private static void CopyOnce(string from, string to, bool now)
    {
        if (!now || Directory.Exists(to)) return;
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
