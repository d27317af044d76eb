using System.Globalization;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Reports;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>
/// What the paper claims, held against what was measured: confirmed, refuted, or left open where chance alone may have made the difference.
/// </summary>
internal static class PaperClaims
{
    /// <summary>A loss this near to that of guessing has learnt next to nothing.</summary>
    private const double StuckLossShare = 0.95;

    /// <summary>A difference that chance makes less often than this is believed.</summary>
    private const double Significance = 0.05;

    /// <summary>A sentence for each claim that can be judged.</summary>
    public static IEnumerable<string> Judge(IReadOnlyDictionary<string, GridSummary> cells)
    {
        // The paper transfers from ImageNet; our backbone, which knew faces before, would win for it.
        GridSummary[] transferred =
            [.. cells.Values.Where(cell =>
                cell.Accuracy is not null && cell.Settings.Start != Weights.StartWeights.Random
                    && cell.Settings.Network != GridPlan.Backbone)];
        if (transferred.Length > 0 && cells.TryGetValue(GridPlan.Reference, out GridSummary? reference))
        {
            // Of those with the most seeds: the best of one seed is the luckiest as well.
            GridSummary best =
                transferred.OrderByDescending(cell => cell.Sound.Count).ThenByDescending(cell => cell.Accuracy!.Value.Value).First();
            if (Compare("A transferred network is better than the reference CNN", best, reference) is { } sentence) yield return sentence;
        }
        foreach (string network in (string[])[GridPlan.AugmentedNetwork, GridPlan.LongResNet])
        {
            string title = NetworkKind.Named(network).Title;
            if (Both(GridPlan.FineTunedOf(network), GridPlan.FeaturesOf(network)) is { } tuned
                && Compare($"Fine tuning {title} is better than feature extraction with it", tuned.One, tuned.Other)
                is { } tuning) yield return tuning;
            if (Both(GridPlan.RotatedOf(network), GridPlan.FineTunedOf(network)) is { } turned
                && Compare($"Random rotation helps {title}", turned.One, turned.Other) is { } rotation) yield return rotation;
        }
        if (cells.GetValueOrDefault(GridPlan.AlexNetOfThePaper) is { Epochs.Count: > 0 } stuck)
            yield return Stuck(stuck, cells.GetValueOrDefault(GridPlan.FineTunedOf("alexnet")));
        if (cells.GetValueOrDefault(GridPlan.FineTunedOf("vgg16")) is { Epochs.Count: > 0 } vgg)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"VGG16 trains: {vgg.Settings.MicroBatch} pictures at once, gradients of {vgg.Settings.Batch} added up, "
                + $"{vgg.Settings.Optimizer} with one number of its own for each weight; the program held {vgg.PeakMemoryBytes / 1e9:0.0} "
                + $"GB at most. Its loss went from {vgg.Epochs[0].TrainLoss:0.00} to {vgg.Epochs[^1].TrainLoss:0.00}.");

        (GridSummary One, GridSummary Other)? Both(string one, string other) =>
            cells.TryGetValue(one, out GridSummary? first) && cells.TryGetValue(other, out GridSummary? second) ? (first, second) : null;
    }

    /// <summary>
    /// "X: confirmed (...)". Both cells of a seed are tested on the same pictures, so what tells them apart are those that only one of them
    /// gets right. A picture may be among the test pictures of several seeds: with them the chance comes out somewhat too small.
    /// </summary>
    /// <returns>Null when one of the two came to no end for any seed of the other.</returns>
    public static string? Compare(string claim, GridSummary better, GridSummary worse)
    {
        (CellResult One, CellResult Other)[] pairs =
            [.. better.Sound.Join(worse.Sound, one => one.Cell.Settings.Seed, other => other.Cell.Settings.Seed, (one, other) =>
                (one, other)).Where(pair => pair.one.Truth.SequenceEqual(pair.other.Truth))];
        if (pairs.Length == 0) return null;
        int onlyBetter = pairs.Sum(pair => OnlyFirstRight(pair.One.Test, pair.Other.Test)),
            onlyWorse = pairs.Sum(pair => OnlyFirstRight(pair.Other.Test, pair.One.Test));
        double chance = SignTest.Chance(onlyBetter, onlyWorse);
        string verdict = chance >= Significance ? "left open" : onlyBetter > onlyWorse ? "confirmed" : "refuted";
        string seeds = pairs.Length == 1 ? "one seed" : $"{pairs.Length} seeds";
        string share = chance < 1e-4 ? "fewer than 0.01 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * chance:0.##} %");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{claim}: {verdict} ({better.Name} {TrainingReport.Words(better.Accuracy!.Value)}, {worse.Name} "
            + $"{TrainingReport.Words(worse.Accuracy!.Value)}; over {seeds} {onlyBetter} test pictures are right with the first alone and "
            + $"{onlyWorse} with the second alone, which chance does in {share} of cases).");
    }

    private static int OnlyFirstRight(Predictions first, Predictions second) =>
        Enumerable.Range(0, first.Count).Count(i => first.IsRight(i) && !second.IsRight(i));

    private static string Stuck(GridSummary paper, GridSummary? ours)
    {
        double guessing = Math.Log(paper.Sound[0].Labels.Count), reached = paper.Epochs.Min(epoch => epoch.TrainLoss);
        bool isStuck = reached > StuckLossShare * guessing;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"AlexNet as the paper fine-tuned it (Adam, 1e-3 from the first step on) "
            + $"{(isStuck ? "gets stuck here, too" : "does not get stuck here")}: its training loss is {reached:0.00} at best, and "
            + $"guessing has {guessing:0.00}.");
        return ours is not { Epochs.Count: > 0 }
            ? text
            : text + string.Create(CultureInfo.InvariantCulture,
                $" With a warm-up and {ours.Settings.LearningRate:0.####} at most it goes from {ours.Epochs[0].TrainLoss:0.00} to "
                + $"{ours.Epochs[^1].TrainLoss:0.00} (label smoothing included).");
    }
}
