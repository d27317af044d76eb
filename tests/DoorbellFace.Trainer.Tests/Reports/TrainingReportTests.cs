using System.Text.Json.Nodes;
using DoorbellFace.Core.Models;
using System.Text.RegularExpressions;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Reports;
using DoorbellFace.Trainer.Tests.Evaluation;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Reports;

/// <summary>The report of ten crops, worked out by hand: 5 of Anna, 3 of Ben, 2 strangers, of which 8 are right.</summary>
public sealed class TrainingReportTests : IClassFixture<TrainingReportTests.Written>
{
    private readonly Written _written;

    public TrainingReportTests(Written written) => _written = written;

    [Fact]
    public void Begins_with_the_result_in_words()
    {
        string page = _written.Page, summary = page[page.IndexOf("<h2>In short</h2>", StringComparison.Ordinal)..];

        Assert.StartsWith(
            "<h2>In short</h2>\n<p>Of 10 pictures that were used for nothing else, 8 were recognised: 80.0 % (95 % interval 49.0 to "
            + "94.3).</p>", summary, StringComparison.Ordinal);
        // At 0.8 and 0.9 sure: 6 of 8 are named rightly, and nobody of the 2 strangers.
        Assert.Contains(
            "75.0 % (95 % interval 40.9 to 92.9) of 8 pictures of the family are named rightly, and 0.0 % (95 % interval 0.0 to 65.8) of 2 "
            + "pictures of strangers are given a name.", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_a_row_for_everybody_with_recall_and_precision()
    {
        Assert.Contains("<th scope=\"row\">Anna</th><td>5</td><td>80 % (38 to 96)</td><td>100 % (51 to 100)</td>", _written.Page,
            StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Ben &amp; Co</th><td>3</td><td>67 % (21 to 94)</td><td>67 % (21 to 94)</td>", _written.Page,
            StringComparison.Ordinal);
        Assert.Contains("Mistaken: Anna for Ben &amp; Co; Ben &amp; Co for unknown.", _written.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_who_is_taken_for_whom_as_a_table_with_names_that_a_phone_can_scroll()
    {
        const string Region = "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"The same in numbers";
        string table = _written.Page[_written.Page.IndexOf(Region, StringComparison.Ordinal)..];

        Assert.Contains(
            "<th scope=\"col\">Person</th><th scope=\"col\">Anna</th><th scope=\"col\">Ben &amp; Co</th><th scope=\"col\">unknown</th>",
                table, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">Ben &amp; Co</th><td>0</td><td>2</td><td>1</td></tr>", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_the_mistakes_sharp_with_names_on_both_sides()
    {
        string svg = File.ReadAllText(Path.Combine(_written.Folder.Path, "confusion.svg"));

        // A picture inside the drawing is smeared when it is enlarged; cells that are drawn are not.
        Assert.DoesNotContain("<image", svg, StringComparison.Ordinal);
        string[] words = [.. Regex.Matches(svg, "<text[^>]*>([^<]*)</text>").Select(match => match.Groups[1].Value.Trim())];
        Assert.True(words.Count(word => word == "Anna") == 2 && words.Count(word => word == "unknown") == 2, string.Join('|', words));
    }

    [Fact]
    public void Says_the_same_to_programs()
    {
        Assert.Equal(0.8, _written.Figures["accuracy"]!["value"]!.GetValue<double>(), 1e-9);
        Assert.Equal("[[4,1,0],[0,2,1],[0,0,2]]", _written.Figures["confusion"]!.ToJsonString());
        Assert.Equal(0.1, _written.Figures["calibration_error"]!.GetValue<double>(), 1e-5);
        Assert.Equal(2, _written.Figures["best_epoch"]!["number"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("confusion")]
    [InlineData("accuracy")]
    [InlineData("loss")]
    [InlineData("reliability")]
    [InlineData("open-set")]
    public void Draws_plots_that_are_not_empty(string name)
    {
        PictureReading picture = PictureFile.TryRead(Path.Combine(_written.Folder.Path, name + ".png"));

        Assert.True(picture.Succeeded, picture.Reason);
        Assert.InRange(picture.Picture.Memory.ToArray().Distinct().Count(), 20, 256);
        string svg = File.ReadAllText(Path.Combine(_written.Folder.Path, name + ".svg"));
        Assert.Contains("<svg", svg, StringComparison.Ordinal);
        // Letters are drawn: a missing font would leave none.
        Assert.Contains("<text", svg, StringComparison.Ordinal);
    }

    public sealed class Written : IDisposable
    {
        public Written()
        {
            Predictions test =
                ClassificationFiguresTests.Saying([(0, 0), (0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 2), (2, 2), (2, 2)], 0.9);
            var state = new TrainingState
            {
                Version = TrainingState.CurrentVersion,
                Settings = new TrainingSettings(),
                Preprocessor = PreprocessorSettings.ImageNetGray(112),
                Labels = ["Anna", "Ben & Co", "unknown"],
                UnknownLabel = "unknown",
                Dataset =
                    new DatasetDescription("family", new string('a', 64),
                        new Dictionary<string, int> { ["Anna"] = 25, ["Ben & Co"] = 15, ["unknown"] = 10 }),
                Epochs = [new EpochResult(1, 1.1, 1.2, 0.5), new EpochResult(2, 0.7, 0.8, 0.8), new EpochResult(3, 0.6, 0.9, 0.7)],
                Outcome =
                    new TrainingOutcome(DateTimeOffset.UnixEpoch, 1, new MatchThresholds(0.8f, 0.5f), new Dictionary<string, double>(),
                        new Dictionary<string, ActivationRange>()),
            };
            Page = File.ReadAllText(TrainingReport.Write(Folder.Path, new MeasuredTraining(state, test, test)));
            Figures = JsonNode.Parse(File.ReadAllText(Folder.In(TrainingReport.FiguresFile)))!;
        }

        internal DrawnFolder Folder { get; } = new();

        internal string Page { get; }

        internal JsonNode Figures { get; }

        public void Dispose() => Folder.Dispose();
    }
}
