using System.Globalization;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Reports;

/// <summary>What came of a training: a page to read or to be read aloud, the same as JSON, and the plots.</summary>
internal static class TrainingReport
{
    /// <summary>The page, the figures for programs, and the folder of both in a training's own.</summary>
    public const string PageFile = "report.html", FiguresFile = "report.json", Folder = "report";

    private const int MistakesListed = 10;

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where to; created, and what is there is written over.</param>
    /// <param name="training">A training that has ended.</param>
    /// <returns>The page's path.</returns>
    public static string Write(string folder, MeasuredTraining training)
    {
        Directory.CreateDirectory(folder);
        ClassificationFigures figures = FiguresOf(training);
        File.WriteAllText(Path.Combine(folder, FiguresFile), Screen.ToJson(JsonOf(training, figures)));
        string page = Path.Combine(folder, PageFile);
        File.WriteAllText(page, PageOf(training, figures, new PlotFiles(folder)).ToString());
        return page;
    }

    /// <summary>The figures over the test crops.</summary>
    public static ClassificationFigures FiguresOf(MeasuredTraining training)
    {
        TrainingState state = training.State;
        return ClassificationFigures.Of(training.Test, state.Labels, state.UnknownIndex, state.Outcome!.Temperature,
            state.Outcome.Thresholds);
    }

    /// <summary>"95.3 % (95 % interval 90.7 to 97.7)".</summary>
    public static string Words(Rate rate) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{100 * rate.Value:0.0} % (95 % interval {100 * rate.Low:0.0} to {100 * rate.High:0.0})");

    private static object JsonOf(MeasuredTraining training, ClassificationFigures figures)
    {
        TrainingState state = training.State;
        return new
        {
            state.Settings,
            state.Dataset,
            test_crops = figures.Crops,
            accuracy = figures.Accuracy,
            validation_accuracy = Rate.OfSuccesses(training.Validation.Right, training.Validation.Count),
            best_epoch = state.Best,
            calibration_error = figures.CalibrationError,
            figures.Reliability,
            by_label = figures.ByLabel,
            labels = figures.Labels,
            confusion = figures.Confusion,
            open_set = figures.OpenSet,
            state.Outcome!.Temperature,
            state.Outcome.Thresholds,
            epochs = state.Epochs,
        };
    }

    private static HtmlPage PageOf(MeasuredTraining training, ClassificationFigures figures, PlotFiles plots)
    {
        TrainingState state = training.State;
        TrainingSettings settings = state.Settings;
        var page = new HtmlPage($"How well {settings.Network} knows {state.Dataset.Name}");
        page.Heading("In short");
        foreach (string sentence in Summary(training, figures)) page.Paragraph(sentence);
        page.Heading("Who is recognised");
        page.Paragraph(
            "The interval after a figure says how sure it is: with other pictures of the same people, the true figure lies within it 95 "
            + "times in 100. Few pictures give a wide interval.");
        page.Table(
            "By person: of their pictures, how many were recognised (recall); of the pictures taken for them, how many were theirs "
            + "(precision). In brackets the 95 % interval.",
            ["Person", "Pictures", "Recall", "Precision"],
            figures.ByLabel.Select(label =>
                (string[])[label.Name, Count(label.Crops), Cell(label.Recall, label.Crops), Cell(label.Precision, label.Said)]));
        page.Heading("Who is taken for whom");
        string mistakes = MistakesIn(figures);
        page.Paragraph(mistakes);
        page.Figure(plots.Write("confusion", Plots.Confusion(figures), 900, 800),
            "Table of colours: a row for each person, a column for whom they were taken for. " + mistakes,
            "Rows are people, columns whom their pictures were taken for; what is off the diagonal is a mistake.");
        page.Table(
            "The same in numbers: pictures of the person in the row that were taken for the person in the column.",
            ["Person", .. figures.Labels],
            figures.Labels.Select((label, truth) => (string[])[label, .. figures.Confusion[truth].Select(Count)]));
        page.Heading("How it learnt");
        EpochResult best = state.Best!, last = state.Epochs[^1];
        string course = string.Create(
            CultureInfo.InvariantCulture,
            $"In {state.Epochs.Count} epochs of at most {settings.Epochs} the loss over the training pictures went from "
            + $"{state.Epochs[0].TrainLoss:0.00} to {last.TrainLoss:0.00}, that over the validation pictures from "
            + $"{state.Epochs[0].ValidationLoss:0.00} to {last.ValidationLoss:0.00}. Epoch {best.Number} was the best: "
            + $"{100 * best.ValidationAccuracy:0.0} % of the validation pictures. Its network is the model.");
        page.Paragraph(course);
        page.Figure(
            plots.Write("accuracy",
                Plots.Accuracies("Recognised, epoch by epoch", [new LearningCurve("validation pictures", state.Epochs)])),
                "Curve of the accuracy over the epochs. " + course, "Accuracy over the validation pictures.");
        page.Figure(plots.Write("loss", Plots.Losses(state.Epochs)),
            "Two curves of the loss over the epochs, for training and validation. " + course,
            "Loss over the training pictures, which are augmented, and over the validation pictures, which are not.");
        page.Heading("Is it as sure as it should be?");
        string sure = string.Create(
            CultureInfo.InvariantCulture,
            $"Its probabilities are off by {100 * figures.CalibrationError:0.0} points on average (expected calibration error, "
            + $"{ClassificationFigures.Bins} bins), after division of the logits by {state.Outcome!.Temperature:0.00}.");
        page.Paragraph(sure);
        page.Figure(plots.Write("reliability", Plots.Reliability(figures), 600, 600),
            "Points near a diagonal: how often answers were right against how sure they were. " + sure,
            "Each point is a bin of answers that were about as sure; large points are many answers, the line its 95 % interval.");
        if (figures.OpenSet is { } openSet)
        {
            page.Heading("Strangers");
            string words = OpenSetWords(openSet);
            page.Paragraph(words);
            page.Figure(plots.Write("open-set", Plots.OpenSet(openSet), 600, 600),
                "Curve that runs along the threshold: family named rightly against strangers given a name. " + words,
                "Every threshold is a point of the curve.");
        }
        return page;
    }

    private static IEnumerable<string> Summary(MeasuredTraining training, ClassificationFigures figures)
    {
        TrainingState state = training.State;
        TrainingSettings settings = state.Settings;
        yield return $"Of {figures.Crops} pictures that were used for nothing else, {training.Test.Right} were recognised: "
            + $"{Words(figures.Accuracy)}.";
        if (figures.OpenSet is { } openSet) yield return OpenSetWords(openSet);
        yield return "These are pictures of people whom the network learnt, "
            + (figures.OpenSet is null
            ? "and nobody else: without --strangers nothing is measured about those."
            : "and of strangers whom it never saw.");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Network}, "
            + $"{(settings.Mode == TrainingSettings.FineTune ? "every layer learning" : "only the last layer learning")}, from "
            + $"{settings.Start} start weights, {settings.Size} pixels, {(settings.Colour ? "colour" : "gray")}, augmentation "
            + $"{settings.Augment}, {settings.Optimizer} at {settings.LearningRate}, batch {settings.Batch}, seed {settings.Seed}; "
            + $"{state.Dataset.ImagesPerLabel.Values.Sum()} pictures, SHA-256 {state.Dataset.Sha256[..12]}.");
    }

    private static string OpenSetWords(OpenSetFigures openSet) =>
        $"At the model's own threshold {Words(openSet.Tpir)} of {openSet.FamilyCrops} pictures of the family are named rightly, and "
        + $"{Words(openSet.Fpir)} of {openSet.StrangerCrops} pictures of strangers are given a name. "
        + $"Where at most 1 % of the strangers are given a name, {Words(openSet.TpirAtAllowedFpir)} of the family are named rightly.";

    private static string MistakesIn(ClassificationFigures figures)
    {
        (string Truth, string Said, int Times)[] mistakes = [.. figures.Mistakes()];
        if (mistakes.Length == 0) return "Nobody was taken for anybody else.";
        string listed =
            string.Join("; ",
                mistakes.Take(MistakesListed).Select(mistake =>
                $"{mistake.Truth} for {mistake.Said}{(mistake.Times > 1 ? $", {mistake.Times} times" : "")}"));
        return $"Mistaken: {listed}{(mistakes.Length > MistakesListed ? $"; and {mistakes.Length - MistakesListed} more pairs" : "")}.";
    }

    private static string Cell(Rate rate, int of) =>
        of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * rate.Value:0} % ({100 * rate.Low:0} to {100 * rate.High:0})");

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
