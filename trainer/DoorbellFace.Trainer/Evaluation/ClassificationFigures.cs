using DoorbellFace.Core.Models;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Evaluation;

/// <summary>How it went for one label.</summary>
/// <param name="Name">The label.</param>
/// <param name="Crops">Crops of it.</param>
/// <param name="Said">Crops that the network took for it, rightly or not.</param>
/// <param name="Recall">Of its crops, those that were recognised.</param>
/// <param name="Precision">Of those taken for it, those that were it.</param>
internal sealed record LabelFigures(string Name, int Crops, int Said, Rate Recall, Rate Precision);

/// <summary>Answers that were about as sure as each other.</summary>
/// <param name="From">Lowest probability.</param>
/// <param name="To">Highest probability.</param>
/// <param name="Crops">How many answers.</param>
/// <param name="Confidence">Their mean probability.</param>
/// <param name="Accuracy">Part of them that was right.</param>
internal sealed record ReliabilityBin(double From, double To, int Crops, double Confidence, double Accuracy);

/// <summary>What a network's answers are worth.</summary>
internal sealed record ClassificationFigures
{
    /// <summary>Bins of the probability, as Guo et al. (2017) use.</summary>
    public const int Bins = 15;

    /// <summary>Names in class order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Crops asked about.</summary>
    public required int Crops { get; init; }

    /// <summary>Crops whose label came first.</summary>
    public required Rate Accuracy { get; init; }

    /// <summary>By label, in class order.</summary>
    public required IReadOnlyList<LabelFigures> ByLabel { get; init; }

    /// <summary>How often a crop of one label (row) was taken for another (column).</summary>
    public required IReadOnlyList<int[]> Confusion { get; init; }

    /// <summary>Bins that have answers, the least sure ones first.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Expected calibration error: by how much the probabilities are off, on average, 0 to 1.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>With strangers among the crops: what becomes of them.</summary>
    public OpenSetFigures? OpenSet { get; init; }

    /// <summary>Works them out.</summary>
    /// <param name="predictions">The network's answers.</param>
    /// <param name="labels">Names in class order.</param>
    /// <param name="unknownIndex">Class index of the strangers, or -1.</param>
    /// <param name="temperature">Divides the logits.</param>
    /// <param name="thresholds">Where a name is said.</param>
    public static ClassificationFigures Of(Predictions predictions, IReadOnlyList<string> labels, int unknownIndex, float temperature,
        MatchThresholds thresholds)
    {
        (int Label, float Probability)[] best = [.. Enumerable.Range(0, predictions.Count).Select(i => predictions.Best(i, temperature))];
        int[][] confusion = [.. labels.Select(_ => new int[labels.Count])];
        for (int i = 0; i < best.Length; i++) confusion[predictions.Truth[i]][best[i].Label]++;
        ReliabilityBin[] bins = [.. BinsOf(best, predictions.Truth)];
        return new ClassificationFigures
        {
            Labels = labels,
            Crops = predictions.Count,
            Accuracy = Rate.OfSuccesses(predictions.Right, predictions.Count),
            ByLabel = [.. labels.Select((name, label) => FiguresOf(name, label, confusion))],
            Confusion = confusion,
            Reliability = bins,
            CalibrationError = bins.Sum(bin => bin.Crops * Math.Abs(bin.Accuracy - bin.Confidence)) / Math.Max(1, best.Length),
            OpenSet = predictions.Truth.Contains(unknownIndex)
                ? OpenSetFigures.Of(predictions, unknownIndex, temperature, thresholds)
                : null,
        };
    }

    /// <summary>The mistakes that were made, the most frequent first.</summary>
    public IEnumerable<(string Truth, string Said, int Times)> Mistakes() =>
        Confusion.SelectMany((row, truth) => row.Select((times, said) => (Truth: truth, Said: said, Times: times)))
            .Where(cell => cell.Truth != cell.Said && cell.Times > 0)
            .OrderByDescending(cell => cell.Times)
            .Select(cell => (Labels[cell.Truth], Labels[cell.Said], cell.Times));

    private static LabelFigures FiguresOf(string name, int label, int[][] confusion)
    {
        int crops = confusion[label].Sum(), said = confusion.Sum(row => row[label]), right = confusion[label][label];
        return new LabelFigures(name, crops, said, Rate.OfSuccesses(right, crops), Rate.OfSuccesses(right, said));
    }

    private static IEnumerable<ReliabilityBin> BinsOf((int Label, float Probability)[] best, IReadOnlyList<int> truth) =>
        best.Select((answer, i) => (answer.Probability, IsRight: answer.Label == truth[i]))
            .GroupBy(answer => Math.Clamp((int)(answer.Probability * Bins), 0, Bins - 1))
            .OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(
                (double)bin.Key / Bins, (double)(bin.Key + 1) / Bins, bin.Count(), bin.Average(answer => (double)answer.Probability),
                    bin.Count(answer => answer.IsRight) / (double)bin.Count()));
}
