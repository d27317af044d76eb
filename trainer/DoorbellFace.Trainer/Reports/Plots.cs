using DoorbellFace.Core.Statistics;
using System.Globalization;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Training;
using ScottPlot;

namespace DoorbellFace.Trainer.Reports;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Epochs">What it is drawn from.</param>
internal sealed record LearningCurve(string Name, IReadOnlyList<EpochResult> Epochs);

/// <summary>A bar of a plot.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">Its height, with its interval; null leaves the place empty.</param>
/// <param name="Paper">What the paper reports, if that is known.</param>
internal sealed record AccuracyBar(string Name, Rate? Value, double? Paper);

/// <summary>
/// The plots of a report. Every one has a title, axes with units, and colours that those who see few colours can tell apart.
/// </summary>
internal static class Plots
{
    /// <summary>Okabe and Ito's palette (Color Universal Design, 2008), and after it the same as dashes.</summary>
    private static readonly Color[] Palette =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000" }.Select(hex => Color.FromHex(hex))];

    /// <summary>The launcher installs it (fonts-dejavu-core); without it the plots take what there is.</summary>
    private const string Font = "DejaVu Sans";

    /// <summary>
    /// How often a crop of one person was taken for another: a cell with its number for each pair, people on the left, whom they were taken
    /// for below.
    /// </summary>
    public static Plot Confusion(ClassificationFigures figures)
    {
        int count = figures.Labels.Count;
        var colours = new ScottPlot.Colormaps.Blues();
        Plot plot = Titled("Who was taken for whom", "taken for", "");
        for (int truth = 0; truth < count; truth++)
        {
            double crops = Math.Max(1, figures.ByLabel[truth].Crops);
            for (int said = 0; said < count; said++)
            {
                double share = figures.Confusion[truth][said] / crops, y = count - 1 - truth;
                // Drawn cells and not a picture of cells, which is smeared when it is enlarged.
                ScottPlot.Plottables.Rectangle cell = plot.Add.Rectangle(said - 0.5, said + 0.5, y - 0.5, y + 0.5);
                cell.FillColor = colours.GetColor(1 - share);
                cell.LineColor = Colors.LightGray;
                cell.LineWidth = 0.5f;
                if (figures.Confusion[truth][said] == 0) continue;
                ScottPlot.Plottables.Text text = plot.Add.Text($"{figures.Confusion[truth][said]}", said, y);
                text.LabelFontSize = count > 20 ? 10 : 13;
                text.LabelFontColor = share > 0.5 ? Colors.White : Colors.Black;
                text.Alignment = Alignment.MiddleCenter;
            }
        }
        double[] places = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, [.. figures.Labels.Select(Spoken)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperLeft;
        plot.Axes.Bottom.MinimumSize = 130;
        plot.Axes.Left.SetTicks(places, [.. places.Select(i => Spoken(figures.Labels[count - 1 - (int)i]))]);
        plot.Axes.Right.MinimumSize = 90;
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, count - 0.5, -0.5, count - 0.5);
        return plot;
    }

    /// <summary>Accuracy over the validation crops, epoch by epoch.</summary>
    public static Plot Accuracies(string title, IReadOnlyList<LearningCurve> curves) =>
        Curves(title, "right, % of the validation pictures", curves, epoch => 100 * epoch.ValidationAccuracy, top: 100);

    /// <summary>The loss over the training crops, epoch by epoch.</summary>
    public static Plot TrainLosses(string title, IReadOnlyList<LearningCurve> curves) =>
        Curves(title, "loss over the training pictures", curves, epoch => epoch.TrainLoss, top: null);

    /// <summary>Both losses of one training.</summary>
    public static Plot Losses(IReadOnlyList<EpochResult> epochs)
    {
        Plot plot = Curves("Loss", "loss", [new LearningCurve("training pictures", epochs)], epoch => epoch.TrainLoss, top: null);
        AddCurve(plot, new LearningCurve("validation pictures", epochs), epoch => epoch.ValidationLoss, 1);
        return plot;
    }

    /// <summary>Whether answers are right as often as they claim.</summary>
    public static Plot Reliability(ClassificationFigures figures)
    {
        Plot plot = Titled("Is it as sure as it should be?", "probability that it claimed, %", "right, %");
        ScottPlot.Plottables.LinePlot ideal = plot.Add.Line(0, 0, 100, 100);
        ideal.Color = Colors.Gray;
        ideal.LinePattern = LinePattern.Dashed;
        ideal.LegendText = "as it should be";
        foreach (ReliabilityBin bin in figures.Reliability)
        {
            ScottPlot.Plottables.Scatter point = plot.Add.Scatter(100 * bin.Confidence, 100 * bin.Accuracy, Palette[0]);
            point.MarkerSize = 6 + (float)(14 * Math.Sqrt((double)bin.Crops / figures.Crops));
            Rate rate = Rate.OfSuccesses((int)Math.Round(bin.Accuracy * bin.Crops), bin.Crops);
            plot.Add.Line(100 * bin.Confidence, 100 * rate.Low, 100 * bin.Confidence, 100 * rate.High).Color = Palette[0];
        }
        plot.ShowLegend(Alignment.UpperLeft);
        plot.Axes.SetLimits(0, 103, 0, 103);
        return plot;
    }

    /// <summary>What naming more of the family costs in strangers who are given a name.</summary>
    public static Plot OpenSet(OpenSetFigures figures)
    {
        Plot plot =
            Titled("Family named rightly against strangers given a name", "strangers given a name (FPIR), %",
                "family named rightly (TPIR), %");
        ScottPlot.Plottables.Scatter curve =
            plot.Add.ScatterLine((double[])[.. figures.Curve.Select(point => 100 * point.Fpir)],
                (double[])[.. figures.Curve.Select(point => 100 * point.Tpir)]);
        curve.Color = Palette[0];
        curve.LineWidth = 2;
        ScottPlot.Plottables.Scatter own = plot.Add.Scatter(100 * figures.Fpir.Value, 100 * figures.Tpir.Value, Palette[1]);
        own.MarkerSize = 12;
        own.LegendText = "the model's own threshold";
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.SetLimits(-1, 101, 0, 103);
        return plot;
    }

    /// <summary>Accuracies beside each other, with their intervals, and the paper's as diamonds.</summary>
    public static Plot Bars(string title, IReadOnlyList<AccuracyBar> bars)
    {
        Plot plot = Titled(title, "", "right, % of the test pictures");
        int firstBar = Enumerable.Range(0, bars.Count).FirstOrDefault(i => bars[i].Value is not null, -1),
            firstPaper = Enumerable.Range(0, bars.Count).FirstOrDefault(i => bars[i].Paper is not null, -1);
        for (int i = 0; i < bars.Count; i++)
        {
            if (bars[i].Value is { } value)
            {
                ScottPlot.Plottables.BarPlot bar = plot.Add.Bar(i, 100 * value.Value);
                bar.Color = Palette[5];
                if (i == firstBar) bar.LegendText = "ours, with 95 % interval";
                ScottPlot.Plottables.LinePlot interval = plot.Add.Line(i, 100 * value.Low, i, 100 * value.High);
                interval.Color = Colors.Black;
                interval.LineWidth = 2;
            }
            if (bars[i].Paper is { } paper)
            {
                ScottPlot.Plottables.Scatter diamond = plot.Add.Scatter(i, 100 * paper, Palette[1]);
                diamond.MarkerShape = MarkerShape.FilledDiamond;
                diamond.MarkerSize = 12;
                diamond.LineWidth = 0;
                if (i == firstPaper) diamond.LegendText = "the paper";
            }
        }
        plot.ShowLegend(Edge.Top);
        double[] places = [.. Enumerable.Range(0, bars.Count).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, [.. bars.Select(bar => bar.Name)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 20;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperLeft;
        plot.Axes.Bottom.MinimumSize = 105;
        plot.Axes.Right.MinimumSize = 160;
        plot.Axes.SetLimits(-0.7, bars.Count - 0.3, 0, 103);
        return plot;
    }

    private static Plot Curves(string title, string yTitle, IReadOnlyList<LearningCurve> curves, Func<EpochResult, double> value,
        double? top)
    {
        Plot plot = Titled(title, "epoch", yTitle);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        for (int i = 0; i < curves.Count; i++) AddCurve(plot, curves[i], value, i);
        plot.ShowLegend(Edge.Right);
        if (top is { } highest) plot.Axes.SetLimitsY(0, highest * 1.03);
        else plot.Axes.SetLimitsY(0, Math.Max(0.1, 1.05 * curves.SelectMany(curve => curve.Epochs.Select(value)).DefaultIfEmpty(1).Max()));
        return plot;
    }

    private static void AddCurve(Plot plot, LearningCurve curve, Func<EpochResult, double> value, int index)
    {
        if (curve.Epochs.Count == 0) return;
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
            (double[])[.. curve.Epochs.Select(epoch => (double)epoch.Number)], (double[])[.. curve.Epochs.Select(value)],
                Palette[index % Palette.Length]);
        line.LegendText = curve.Name;
        line.LineWidth = 2;
        line.MarkerSize = curve.Epochs.Count > 30 ? 0 : 5;
        line.LinePattern = index < Palette.Length ? LinePattern.Solid : LinePattern.Dashed;
    }

    private static Plot Titled(string title, string xTitle, string yTitle)
    {
        var plot = new Plot();
        plot.Font.Set(Font);
        plot.Title(title);
        plot.XLabel(xTitle);
        plot.YLabel(yTitle);
        return plot;
    }

    /// <summary>Folders cannot always have the blanks that names have.</summary>
    private static string Spoken(string label) => label.Replace('_', ' ');
}
