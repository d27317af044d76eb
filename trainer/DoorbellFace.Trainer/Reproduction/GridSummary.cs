using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>The results of one cell over all seeds that are done.</summary>
/// <param name="Name">The cell's name.</param>
/// <param name="Results">By seed.</param>
internal sealed record GridSummary(string Name, IReadOnlyList<CellResult> Results)
{
    /// <summary>Those that came to an end.</summary>
    public IReadOnlyList<CellResult> Sound => [.. Results.Where(result => result.Failure is null)];

    /// <summary>How it is done.</summary>
    public TrainingSettings Settings => Results[0].Cell.Settings;

    /// <summary>
    /// Accuracy over the test crops: of one seed with Wilson's interval over its crops, of several their mean with the wider of Student's
    /// interval over the seeds and Wilson's over all their crops. Null when nothing came to an end.
    /// </summary>
    public Rate? Accuracy => Sound.Count switch
    {
        0 => null,
        1 => Rate.OfSuccesses(Sound[0].Test.Right, Sound[0].Test.Count),
        _ => Rate.OfRepeats([.. Sound.Select(result => (result.Test.Right, result.Test.Count))]),
    };

    /// <summary>The epochs of the lowest seed.</summary>
    public IReadOnlyList<EpochResult> Epochs => Sound.Count > 0 ? Sound[0].Epochs : [];

    /// <summary>Mean seconds of a training.</summary>
    public double Seconds => Results.Average(result => result.Seconds);

    /// <summary>The most memory that any of them held, in bytes.</summary>
    public long PeakMemoryBytes => Results.Max(result => result.PeakMemoryBytes);

    /// <summary>By cell, in the order of the plan.</summary>
    public static IReadOnlyDictionary<string, GridSummary> Of(IEnumerable<CellResult> results) =>
        results.GroupBy(result => result.Cell.Name)
            .ToDictionary(group => group.Key, group => new GridSummary(group.Key, [.. group.OrderBy(result => result.Cell.Settings.Seed)]));
}
