using System.Globalization;
using System.Text;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Reports;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>The paper's tables and figures from the results so far: results.md, results.html, results.json and the plots.</summary>
internal sealed class GridReport
{
    private const string NormalisationAlone = "normalisation alone";

    private static readonly string[] Headings =
        ["Network", "Start", "Ours, %", "95 % interval", "Seeds", "The paper, %", "Epochs", "Pixels", "Seconds"];

    private readonly string _folder;
    private readonly GridSettings _grid;
    private readonly IReadOnlyDictionary<string, GridSummary> _cells;
    private readonly PlotFiles _plots;
    private readonly StringBuilder _markdown = new();
    private readonly HtmlPage _page = new("The paper's tables and figures, made again");

    private GridReport(string folder, GridSettings grid, IReadOnlyList<CellResult> results)
    {
        _folder = folder;
        _grid = grid;
        _cells = GridSummary.Of(results);
        _plots = new PlotFiles(folder);
    }

    /// <summary>Writes all of it.</summary>
    /// <returns>The page's path.</returns>
    public static string Write(string folder, GridSettings grid, IReadOnlyList<CellResult> results, int cells)
    {
        var report = new GridReport(folder, grid, results);
        report.WriteAll(results, cells);
        return Path.Combine(folder, "results.html");
    }

    private void WriteAll(IReadOnlyList<CellResult> results, int cells)
    {
        Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"{results.Count} of {cells} trainings are done. Pictures: SHA-256 {_grid.DatasetSha256[..12]}, split 60/20/20 again by each "
            + $"seed; accuracy is over the test pictures, of the epoch that was best over the validation pictures."));
        Paragraph(
            "The interval is Wilson's over the test pictures where there is one seed, where there are more the wider of Student's over the "
            + "seeds and Wilson's over all their test pictures. The paper's figures are on its own photos, from ImageNet weights "
            + "throughout; a network that starts at random here is another experiment, and only those with a file as start may be set "
            + "beside them.");
        Section("What the paper claims");
        foreach (string claim in PaperClaims.Judge(_cells)) Paragraph(claim);
        TableOf("Table 1: feature extraction", "table-1",
            [GridPlan.Reference, .. Networks.Select(GridPlan.FeaturesOf), GridPlan.FeaturesOf(GridPlan.Backbone)]);
        TableOf("Table 2: fine tuning", "table-2",
            [GridPlan.Reference, .. Networks.Select(GridPlan.FineTunedOf), .. GridPlan.AlexNetTrials.Select(trial => trial.Name),
            GridPlan.FineTunedOf(GridPlan.Backbone)]);
        TableOf("Table 3: augmentations, ResNet18 fine-tuned", "table-3", Augmented);
        CurvesOf("Figure 5: the reference CNN, epoch by epoch", "figure-5", [GridPlan.Reference]);
        CurvesOf("Figure 6: feature extraction, epoch by epoch", "figure-6",
            [.. Networks.Append(GridPlan.Backbone).Select(GridPlan.FeaturesOf)]);
        CurvesOf("Figure 7: fine tuning, epoch by epoch", "figure-7",
            [.. Networks.Append(GridPlan.Backbone).Select(GridPlan.FineTunedOf)]);
        CurvesOf("Figure 8: augmentations, epoch by epoch", "figure-8", Augmented);
        Confusion();
        AlexNet();
        File.WriteAllText(Path.Combine(_folder, "results.md"), _markdown.ToString());
        File.WriteAllText(Path.Combine(_folder, "results.html"), _page.ToString());
        File.WriteAllText(Path.Combine(_folder, "results.json"),
            Screen.ToJson(new { grid = _grid, done = results.Count, cells, results = _cells.Values.Select(JsonOf) }));
    }

    private IEnumerable<string> Networks => GridPlan.NetworksOf(_grid);

    /// <summary>What Table 3 and Figure 8 compare: with normalisation alone it is the fine-tuned network of Table 2.</summary>
    private string[] Augmented =>
        [GridPlan.AugmentedWith(GridPlan.Augmentations[0].Name), GridPlan.FineTunedOf(GridPlan.AugmentedNetwork),
            .. GridPlan.Augmentations.Skip(1).Select(item => GridPlan.AugmentedWith(item.Name)),
            .. Networks.Where(network => network == GridPlan.LongResNet)
                .SelectMany(network => (string[])[GridPlan.FineTunedOf(network), GridPlan.RotatedOf(network)])];

    private static object JsonOf(GridSummary cell) => new
    {
        cell.Name,
        cell.Settings.Network,
        cell.Settings.Mode,
        cell.Settings.Start,
        cell.Settings.Augment,
        cell.Settings.Size,
        cell.Accuracy,
        paper = PaperFigures.Accuracy.TryGetValue(cell.Name, out double paper) ? paper : (double?)null,
        cell.Seconds,
        cell.PeakMemoryBytes,
        seeds = cell.Results.Select(result =>
            new { result.Cell.Settings.Seed, test_right = result.Test.Right, test_crops = result.Test.Count, result.Start, result.Failure,
                result.Epochs }),
    };

    private static string Cell(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static string TitleOf(string name)
    {
        foreach ((string augmentation, string _) in GridPlan.Augmentations)
        {
            if (name == GridPlan.AugmentedWith(augmentation))
                return augmentation switch { "nothing" => "nothing at all", "all-four" => "all four of the paper",
                    "doorbell" => "ours: the doorbell's camera", _ => "normalisation and " + augmentation };
        }
        if (name == GridPlan.RotatedOf(GridPlan.LongResNet))
            return $"{NetworkKind.Named(GridPlan.LongResNet).Title}, normalisation and rotation";
        if (GridPlan.AlexNetTrials.FirstOrDefault(trial => trial.Name == name).Title is { } title) return title;
        string network = name.Replace("-features", "", StringComparison.Ordinal).Replace("-fine-tuned", "", StringComparison.Ordinal);
        return NetworkKind.Named(network).Title;
    }

    private static string StartOf(GridSummary cell) =>
        cell.Settings.Start == StartWeights.Random ? "random" : Path.GetFileNameWithoutExtension(cell.Settings.Start);

    private void TableOf(string title, string file, string[] names)
    {
        Section(title);
        string Title(string name) => (file == "table-3", name) switch
        {
            (true, _) when name == GridPlan.FineTunedOf(GridPlan.AugmentedNetwork) => NormalisationAlone,
            (true, _) when name == GridPlan.FineTunedOf(GridPlan.LongResNet) => $"{TitleOf(name)}, {NormalisationAlone}",
            _ => TitleOf(name),
        };
        string[][] rows = [.. names.Select(name => Row(name, Title(name)))];
        _page.Table(title, Headings, rows);
        _markdown.Append("| ").AppendJoin(" | ", Headings).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", Headings.Length)))
            .Append('\n');
        foreach (string[] row in rows) _markdown.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        _markdown.Append('\n');
        AccuracyBar[] bars =
            [.. names.Select((name, i) =>
                new AccuracyBar(rows[i][0], _cells.GetValueOrDefault(name)?.Accuracy,
                    PaperFigures.Accuracy.TryGetValue(name, out double paper) ? paper : null))];
        Figure(file, Plots.Bars(title, bars), "The same as bars. " + WordsOf(names), title + ", as bars.", 1000, 560);
    }

    private string[] Row(string name, string title)
    {
        string paper = PaperFigures.Accuracy.TryGetValue(name, out double reported)
            ? Cell(reported)
            : PaperFigures.Words.GetValueOrDefault(name, "");
        if (!_cells.TryGetValue(name, out GridSummary? cell)) return [title, "", "not done yet", "", "0", paper, "", "", ""];
        string seconds = cell.Seconds.ToString("0", CultureInfo.InvariantCulture);
        string pixels = cell.Settings.Size.ToString(CultureInfo.InvariantCulture);
        string seeds = cell.Sound.Count.ToString(CultureInfo.InvariantCulture);
        string epochs = cell.Settings.Epochs.ToString(CultureInfo.InvariantCulture);
        return cell.Accuracy is { } accuracy
            ? [title, StartOf(cell), Cell(accuracy.Value), $"{Cell(accuracy.Low)} to {Cell(accuracy.High)}", seeds, paper, epochs, pixels,
                seconds]
            : [title, StartOf(cell), "failed", cell.Results[0].Failure!, seeds, paper, epochs, pixels, seconds];
    }

    private void CurvesOf(string title, string file, string[] names)
    {
        LearningCurve[] curves = Curves(names);
        if (curves.Length == 0) return;
        Section(title);
        string words = string.Join("; ", curves.Select(curve => string.Create(CultureInfo.InvariantCulture,
            $"{curve.Name} from {100 * curve.Epochs[0].ValidationAccuracy:0} % to {100 * curve.Epochs[^1].ValidationAccuracy:0} %")));
        Figure(file, Plots.Accuracies(title, curves), "Curves of the accuracy over the validation pictures: " + words + ".",
            "Accuracy over the validation pictures, lowest seed.", 1000, 560);
        Figure(file + "-loss", Plots.TrainLosses(title, curves), "Curves of the loss over the training pictures for the same networks.",
            "Loss over the training pictures, lowest seed.", 1000, 560);
    }

    /// <summary>Of those that have come to an end.</summary>
    private LearningCurve[] Curves(IEnumerable<string> names) =>
        [.. names.Where(_cells.ContainsKey).Select(name => new LearningCurve(name, _cells[name].Epochs))
            .Where(curve => curve.Epochs.Count > 0)];

    private void Confusion()
    {
        GridSummary? best = _cells.Values.Where(cell => cell.Accuracy is not null).MaxBy(cell => cell.Accuracy!.Value.Value);
        if (best is null) return;
        Section("Figure 9: who is taken for whom by the best network");
        CellResult result = best.Sound[0];
        ClassificationFigures figures =
            ClassificationFigures.Of(result.Test, result.Labels, unknownIndex: -1, temperature: 1, new MatchThresholds(0.8f, 0.5f));
        string mistakes =
            string.Join("; ", figures.Mistakes().Take(10).Select(mistake => $"{mistake.Truth} for {mistake.Said} ({mistake.Times})"));
        string words =
            $"{best.Name}, seed {result.Cell.Settings.Seed}. {(mistakes.Length == 0 ? "No mistakes." : "Mistaken: " + mistakes + ".")}";
        Figure("figure-9", Plots.Confusion(figures), "A row for each person, a column for whom they were taken for. " + words, words, 900,
            700);
    }

    private void AlexNet()
    {
        LearningCurve[] curves = Curves(GridPlan.AlexNetTrials.Select(trial => trial.Name).Append(GridPlan.FineTunedOf("alexnet")));
        if (curves.Length < 2) return;
        Section("Why AlexNet got stuck");
        Paragraph(
            "The same network, the same pictures, the same start: with Adam at 1e-3 from the first step to the last, as in the paper; with "
            + "a warm-up to the same rate; with a tenth of it; and, in Table 2, with a warm-up, a tenth of the rate and its fall to zero.");
        string losses =
            string.Join("; ",
                curves.Select(curve =>
                string.Create(CultureInfo.InvariantCulture,
                    $"{TitleOf(curve.Name)} from {curve.Epochs[0].TrainLoss:0.00} to {curve.Epochs[^1].TrainLoss:0.00}"))) + ".";
        Figure("alexnet", Plots.TrainLosses("AlexNet: loss over the training pictures", curves), "Curves of the training loss: " + losses,
            "A loss that stays at the logarithm of the number of people is that of guessing.", 900, 500);
    }

    private string WordsOf(string[] names) =>
        string.Join("; ",
            names.Select(name =>
            _cells.TryGetValue(name, out GridSummary? cell) && cell.Accuracy is { } accuracy
                ? $"{TitleOf(name)} {Cell(accuracy.Value)} %"
                : $"{TitleOf(name)} not done")) + ".";

    private void Section(string title)
    {
        _page.Heading(title);
        _markdown.Append("## ").Append(title).Append("\n\n");
    }

    private void Paragraph(string text)
    {
        _page.Paragraph(text);
        _markdown.Append(text).Append("\n\n");
    }

    private void Figure(string file, ScottPlot.Plot plot, string alternative, string caption, int width, int height) =>
        _page.Figure(_plots.Write(file, plot, width, height), alternative, caption);
}
