using System.Text.Json;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>
/// Works through the cells of a grid. Each has a folder with its checkpoints until it is done, then with its result only; whatever ends the
/// program, the next one goes on where the last checkpoint is.
/// </summary>
/// <param name="folder">The grid's folder.</param>
/// <param name="time">The clock.</param>
internal sealed class GridRun(string folder, TimeProvider time)
{
    private const string SettingsFile = "grid.json", CellsFolder = "cells", SecondsFile = "seconds.txt";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    /// <summary>Begins a grid in the folder, or makes sure that the one in it is this one.</summary>
    /// <exception cref="UserErrorException">It is another one.</exception>
    public void Begin(GridSettings settings)
    {
        string path = Path.Combine(folder, SettingsFile), text = JsonSerializer.Serialize(settings, Json) + "\n";
        Directory.CreateDirectory(folder);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, text);
            return;
        }
        string begun = File.ReadAllText(path);
        if (begun == text) return;
        string[] different =
            [.. begun.Split('\n').Except(text.Split('\n')).Select(line => line.Trim(' ', ',')).Where(line => line.Length > 1)];
        throw new UserErrorException(
            $"The grid in '{folder}' began with {string.Join(", ", different)}. Go on with the same data and options, or begin another "
            + $"with another --out.", ExitCode.WrongUsage);
    }

    /// <summary>The results so far.</summary>
    public IReadOnlyList<CellResult> Results(IEnumerable<GridCell> cells) =>
        [.. cells.Select(cell => CellResult.Find(FolderOf(cell))).OfType<CellResult>()];

    /// <summary>Does what is not done yet.</summary>
    /// <param name="cells">In the order in which they are done.</param>
    /// <param name="datasetOf">The pictures as a training takes them, split by its seed.</param>
    /// <param name="onCell">Called before each cell with its number, from 1.</param>
    /// <param name="onStep">Called after every step.</param>
    /// <param name="onDone">Called after each cell.</param>
    /// <param name="stop">Ends the work; the next run goes on.</param>
    /// <returns>Whether all cells are done.</returns>
    public bool Run(
        IReadOnlyList<GridCell> cells, Func<TrainingSettings, FaceDataset> datasetOf, Action<int, GridCell> onCell,
            Action<TrainingProgress> onStep, Action<CellResult> onDone, CancellationToken stop)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (CellResult.Find(FolderOf(cells[i])) is not null) continue;
            if (stop.IsCancellationRequested) return false;
            onCell(i + 1, cells[i]);
            if (Train(cells[i], datasetOf(cells[i].Settings), onStep, stop) is not { } result) return false;
            onDone(result);
        }
        return true;
    }

    private string FolderOf(GridCell cell) => Path.Combine(folder, CellsFolder, cell.Id);

    private CellResult? Train(GridCell cell, FaceDataset dataset, Action<TrainingProgress> onStep, CancellationToken stop)
    {
        string path = FolderOf(cell);
        Directory.CreateDirectory(path);
        KeptMemory.GiveBack();
        ProcessMemory.ResetPeak();
        long started = time.GetTimestamp();
        double SecondsSoFar() => ReadSeconds(path) + time.GetElapsedTime(started).TotalSeconds;
        try
        {
            using TrainingRun run = Open(cell, dataset, path);
            if (run.Start is { } start) File.WriteAllText(Path.Combine(path, "start.txt"), start.Describe());
            if (!run.Train(onStep, stop))
            {
                File.WriteAllText(Path.Combine(path, SecondsFile),
                    SecondsSoFar().ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                return null;
            }
            Predictions test = run.PredictWithBest().Test;
            return Finish(path,
                new CellResult { Cell = cell, Start = StartOf(path), Labels = dataset.Labels, Epochs = run.Epochs, Logits = test.Logits,
                Truth = test.Truth, Seconds = SecondsSoFar(), PeakMemoryBytes = ProcessMemory.PeakBytes });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (UserErrorException error) when (error.ExitCode == ExitCode.Failed)
        {
            // A training that goes astray is a result, too.
            return Finish(path,
                new CellResult { Cell = cell, Start = StartOf(path), Labels = dataset.Labels, Epochs = [], Logits = [], Truth = [],
                Seconds = SecondsSoFar(), PeakMemoryBytes = ProcessMemory.PeakBytes, Failure = error.Message });
        }
    }

    private TrainingRun Open(GridCell cell, FaceDataset dataset, string path)
    {
        string features = Path.Combine(folder, TrainingRun.FeatureFolder);
        if (File.Exists(Path.Combine(path, Checkpoint.LastFile))) return TrainingRun.Resume(dataset, path, time, features);
        string? startFile = StartWeights.FileFor(cell.Settings.Start, cell.Settings.Network, new WeightStore(WeightStore.DefaultFolder));
        return TrainingRun.Begin(dataset, cell.Settings, path, time, startFile, features);
    }

    /// <summary>The result first; the checkpoints, half a gigabyte each for VGG16, are of no use after it.</summary>
    private static CellResult Finish(string path, CellResult result)
    {
        result.Write(path);
        foreach (string file in Directory.EnumerateFiles(path).Where(file => Path.GetFileName(file) != CellResult.FileName))
            File.Delete(file);
        return result;
    }

    private static string? StartOf(string path) =>
        File.Exists(Path.Combine(path, "start.txt")) ? File.ReadAllText(Path.Combine(path, "start.txt")) : null;

    private static double ReadSeconds(string path)
    {
        string file = Path.Combine(path, SecondsFile);
        return File.Exists(file)
            && double.TryParse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture, out double seconds) ? seconds : 0;
    }
}
