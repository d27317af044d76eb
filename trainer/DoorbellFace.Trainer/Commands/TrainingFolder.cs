using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Reports;

namespace DoorbellFace.Trainer.Commands;

/// <summary>Where a training keeps its files: two checkpoints, and the model for the host in a folder of its own.</summary>
/// <param name="Path">The folder.</param>
internal sealed record TrainingFolder(string Path)
{
    /// <summary>The model folder in it.</summary>
    public string Model => System.IO.Path.Combine(Path, "model");

    /// <summary>The report in it.</summary>
    public string Report => System.IO.Path.Combine(Path, Reports.TrainingReport.Folder);

    /// <summary>The best network so far.</summary>
    public string BestCheckpoint => System.IO.Path.Combine(Path, Checkpoint.BestFile);

    /// <summary>The latest epoch.</summary>
    public string LastCheckpoint => System.IO.Path.Combine(Path, Checkpoint.LastFile);

    /// <summary>The folder that --out names, or one beside the pictures.</summary>
    public static TrainingFolder For(string data, string? given) =>
        new(given ?? System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(data)) + "-trained");

    /// <summary>Makes sure that a new training overwrites nothing, and that a resumed one has something to go on from.</summary>
    /// <exception cref="UserErrorException">It would, or it has not.</exception>
    public void Require(bool resume)
    {
        if (File.Exists(Path)) throw new UserErrorException($"--out should be a folder; '{Path}' is a file.");
        bool hasTraining = File.Exists(LastCheckpoint);
        if (resume && !hasTraining)
            throw new UserErrorException(
                $"There is no training in '{Path}' to go on with ({Checkpoint.LastFile} is missing). Leave out --resume to begin one.");
        if (!resume && hasTraining)
            throw new UserErrorException(
                $"'{Path}' already holds a training. --resume goes on with it; --out with another folder begins a new one.");
        ModelExport.RequireModelFolder(Model);
    }
}
