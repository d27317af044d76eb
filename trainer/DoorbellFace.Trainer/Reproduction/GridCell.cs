using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>One training of the grid.</summary>
/// <param name="Name">What it is called in tables and, with its seed, on disk: "resnet18-features".</param>
/// <param name="Settings">How it is done, with its seed.</param>
internal sealed record GridCell(string Name, TrainingSettings Settings)
{
    /// <summary>Its folder's name.</summary>
    public string Id => $"{Name}-seed{Settings.Seed}";
}
