using System.Diagnostics;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Building;

/// <summary>
/// How many epochs fit into a time, by trying two steps: a schedule that is cut off is worth less than a shorter one that ends.
/// </summary>
internal static class TrainingBudget
{
    /// <summary>The epochs, 0 when not even one fits.</summary>
    public static int Epochs(TrainingSettings settings, FaceDataset dataset, TimeSpan budget)
    {
        IReadOnlyList<LabelledCrop> crops = dataset.Of(Split.Train);
        var plan = new EpochPlan(crops, dataset.UnknownIndex, settings.Batch, settings.Seed);
        return (int)(budget / (TimePerStep(settings, dataset.Labels.Count) * plan.BatchesPerEpoch));
    }

    private static TimeSpan TimePerStep(TrainingSettings settings, int labels)
    {
        NetworkKind kind = NetworkKind.Named(settings.Network);
        using FaceNetwork network = kind.Create(labels);
        using var optimizer = optim.AdamW(network.parameters());
        TimeSpan shortest = TimeSpan.MaxValue;
        network.train();
        // The first step also makes what later ones find.
        for (int step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            long started = Stopwatch.GetTimestamp();
            optimizer.zero_grad();
            network.forward(rand(settings.Batch, network.Channels, settings.Size, settings.Size)).sum().backward();
            optimizer.step();
            TimeSpan taken = Stopwatch.GetElapsedTime(started);
            if (step > 0 && taken < shortest) shortest = taken;
        }
        return shortest;
    }
}
