using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>How the landmark network is made. Kept in every checkpoint, so that a resumed training goes on as it began.</summary>
internal sealed record LandmarkSettings
{
    /// <summary>
    /// Part of the box's edge that the network sees beyond it on every side: a box that is off by a fifth still has the whole face in view.
    /// </summary>
    public const float Margin = 0.2f;

    /// <summary>Steps of the training, 1 to 1,000,000.</summary>
    public int Steps { get; init; } = 2400;

    /// <summary>Crops in one step, 2 to 4096.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Decides the start weights and every crop.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Highest learning rate, above 0 and up to 1.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Part of all steps over which the learning rate rises from nothing.</summary>
    public double WarmUpShare { get; init; } = 0.05;

    /// <summary>How a crop becomes the network's input.</summary>
    public static PreprocessorSettings Preprocessor { get; } = PreprocessorSettings.AlignedGray(LandmarkNetwork.Size) with
    {
        Alignment = null, FaceMargin = Margin,
    };

    /// <summary>Everything that is wrong with these settings, a sentence each.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Steps is < 1 or > 1_000_000) yield return $"--steps is {Steps}; expected 1 to 1000000.";
        if (Batch is < 2 or > 4096) yield return $"--batch is {Batch}; expected 2 to 4096.";
        if (LearningRate is not (> 0 and <= 1)) yield return $"--lr is {LearningRate}; expected a number above 0 and up to 1.";
    }
}
