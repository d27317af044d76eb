using DoorbellFace.Trainer.Reproduction;
using DoorbellFace.Trainer.Tests.Evaluation;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Tests.Reproduction;

/// <summary>The tables say what was measured, worked out by hand.</summary>
public sealed class GridReportTests : IDisposable
{
    private readonly DrawnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_seed_has_Wilsons_interval_and_several_have_Students()
    {
        CellResult[] results =
        [
            Result(GridPlan.FeaturesOf("resnet18"), 1, right: 8),
            Result(GridPlan.FineTunedOf("resnet18"), 1, right: 9), Result(GridPlan.FineTunedOf("resnet18"), 2, right: 10),
                Result(GridPlan.FineTunedOf("resnet18"), 3, right: 8),
        ];

        GridReport.Write(_folder.Path, new GridSettings { DatasetSha256 = new string('a', 64) }, results, cells: 9);
        string table = File.ReadAllText(_folder.In("results.md"));

        // Wilson for 8 of 10; mean 0.9 of 0.9, 1.0, 0.8: deviation 0.1, so 4.303 x 0.1 / sqrt 3 = 0.2484 either way, and no more than all.
        Assert.Contains("| ResNet18 | random | 80.0 | 49.0 to 94.3 | 1 | 77.1 | 40 | 112 | 5 |", table, StringComparison.Ordinal);
        Assert.Contains("| ResNet18 | random | 90.0 | 65.2 to 100.0 | 3 | 94.1 | 40 | 112 | 5 |", table, StringComparison.Ordinal);
        Assert.Contains("| AlexNet |  | not done yet |", table, StringComparison.Ordinal);
        Assert.Contains("4 of 9 trainings are done.", table, StringComparison.Ordinal);
        Assert.Contains("Fine tuning ResNet18 is better than feature extraction with it: left open (", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longer_ResNet18_stands_beside_the_papers_figures_and_is_judged_by_itself()
    {
        CellResult[] results =
        [
            Result("resnet18_3-features", 1, right: 2), Result("resnet18_3-fine-tuned", 1, right: 10),
                Result("resnet18_3-rotation", 1, right: 9),
        ];
        var grid = new GridSettings
        {
            DatasetSha256 = new string('a', 64), Starts = new Dictionary<string, string> { ["resnet18_3"] = "imagenet" },
        };

        GridReport.Write(_folder.Path, grid, results, cells: 3);
        string table = File.ReadAllText(_folder.In("results.md"));

        const string Title = "ResNet18 with three blocks in layer4";
        Assert.Contains($"| {Title} | random | 20.0 | 5.7 to 51.0 | 1 | 77.1 | 40 | 112 | 5 |", table, StringComparison.Ordinal);
        Assert.Contains($"| {Title}, normalisation alone | random | 100.0 | 72.2 to 100.0 | 1 | 94.1 |", table, StringComparison.Ordinal);
        Assert.Contains($"| {Title}, normalisation and rotation | random | 90.0 | 59.6 to 98.2 | 1 | 96.5 | 40 |", table,
            StringComparison.Ordinal);
        Assert.Contains($"Fine tuning {Title} is better than feature extraction with it: confirmed (", table, StringComparison.Ordinal);
        Assert.Contains($"Random rotation helps {Title}: left open (", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_can_be_listened_to()
    {
        GridReport.Write(_folder.Path, new GridSettings { DatasetSha256 = new string('a', 64) }, [Result(GridPlan.Reference, 1, right: 5)],
            cells: 1);
        string page = File.ReadAllText(_folder.In("results.html"));

        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Equal(Count(page, "<img "), Count(page, "<img alt=\"") - Count(page, "<img alt=\"\""));
        Assert.Equal(Count(page, "<table>"), Count(page, "<caption>"));
        Assert.True(Count(page, "<th scope=\"row\">") > 10 && Count(page, "<th scope=\"col\">") > 10, "a table lacks its headings");
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 2, "confirmed")]
    [InlineData(2, 10, "refuted")]
    [InlineData(8, 7, "left open")]
    [InlineData(10, 5, "left open")]
    [InlineData(10, 4, "confirmed")]
    public void A_claim_is_judged_by_the_pictures_that_only_one_gets_right(int better, int worse, string verdict) =>
        Assert.StartsWith($"A is better: {verdict}", PaperClaims.Compare("A is better", Summary("a", better), Summary("b", worse)),
            StringComparison.Ordinal);

    [Fact]
    public void A_claim_is_judged_over_all_seeds_that_both_have()
    {
        GridSummary better = Summary("a", 10, 10, 1), worse = Summary("b", 7, 7);

        Assert.Contains(
            "over 2 seeds 6 test pictures are right with the first alone and 0 with the second alone, which chance does in 3.13 % of cases",
                PaperClaims.Compare("A is better", better, worse), StringComparison.Ordinal);
        Assert.Null(PaperClaims.Compare("A is better", better, new GridSummary("b", [Result("b", 9, 5)])));
    }

    /// <summary>Of seeds 1, 2, ..., each with so many of ten right.</summary>
    private static GridSummary Summary(string name, params int[] right) =>
        new(name, [.. right.Select((count, i) => Result(name, i + 1, count))]);

    private static CellResult Result(string name, int seed, int right)
    {
        var predictions = ClassificationFiguresTests.Saying([.. Enumerable.Range(0, 10).Select(i => (0, i < right ? 0 : 1))], 0.9);
        string network = name.Split('-')[0];
        return new CellResult
        {
            Cell = new GridCell(name, new TrainingSettings { Network = network, Seed = seed }),
            Labels = ["Anna", "Ben", "Clara"],
            Epochs = [new EpochResult(1, 1.1, 1.2, 0.5), new EpochResult(2, 0.9, 1, 0.8)],
            Logits = predictions.Logits,
            Truth = predictions.Truth,
            Seconds = 5,
        };
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
