using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Graphs;

namespace DoorbellFace.Trainer.Tests.Evaluation;

/// <summary>Against numbers worked out by hand.</summary>
public class ClassificationFiguresTests
{
    private static readonly MatchThresholds Thresholds = new(0.8f, 0.5f);

    /// <summary>Ten crops: 5 of Anna (4 right, 1 taken for Ben), 3 of Ben (2 right, 1 taken for Clara), 2 of Clara (both right).</summary>
    private static readonly (int Truth, int Said)[] Ten = [(0, 0), (0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 2), (2, 2), (2, 2)];

    [Fact]
    public void Accuracy_precision_recall_and_confusion_of_ten_crops()
    {
        ClassificationFigures figures =
            ClassificationFigures.Of(Saying(Ten, probability: 0.9), ["Anna", "Ben", "Clara"], unknownIndex: -1, temperature: 1, Thresholds);

        Assert.Equal(10, figures.Crops);
        Assert.Equal(0.8, figures.Accuracy.Value, 1e-12);
        // Wilson, 8 of 10: (0.8 + 1.9207/10 +- 1.96 sqrt(0.8 0.2/10 + 0.96036/100)) / (1 + 3.8415/10).
        Assert.Equal(0.4902, figures.Accuracy.Low, 5e-5);
        Assert.Equal(0.9433, figures.Accuracy.High, 5e-5);
        Assert.Equal([[4, 1, 0], [0, 2, 1], [0, 0, 2]], figures.Confusion);
        Assert.Equal([0.8, 2 / 3.0, 1], figures.ByLabel.Select(label => label.Recall.Value));
        Assert.Equal([1, 2 / 3.0, 2 / 3.0], figures.ByLabel.Select(label => label.Precision.Value));
        Assert.Equal([("Anna", "Ben", 1), ("Ben", "Clara", 1)], figures.Mistakes());
        Assert.Null(figures.OpenSet);
    }

    [Fact]
    public void Calibration_error_is_the_mean_distance_of_sureness_and_truth()
    {
        // Ten answers at 0.9 of which 8 are right, and ten at 0.5 of which 5 are: (10 x 0.1 + 10 x 0) / 20.
        (int, int)[] half = [.. Enumerable.Range(0, 10).Select(i => (0, i < 5 ? 0 : 1))];
        Predictions both = Join(Saying(Ten, 0.9), Saying(half, 0.5));

        ClassificationFigures figures = ClassificationFigures.Of(both, ["Anna", "Ben", "Clara"], -1, 1, Thresholds);

        Assert.Equal(0.05, figures.CalibrationError, 1e-6);
        Assert.Equal(2, figures.Reliability.Count);
        Assert.Equal([10, 10], figures.Reliability.Select(bin => bin.Crops));
        Assert.Equal([0.5, 0.8], figures.Reliability.Select(bin => bin.Accuracy));
        Assert.InRange(figures.Reliability[1].Confidence, 0.9 - 1e-6, 0.9 + 1e-6);
    }

    [Fact]
    public void Strangers_that_are_given_a_name_are_counted_at_the_threshold_and_at_one_in_a_hundred()
    {
        // Label 2 is "unknown". Four of the family: two named rightly, one too unsure, one called unknown. Four strangers: one is given a
        // name.
        Predictions predictions = Join(
            Saying([(0, 0), (1, 1)], 0.9), Saying([(0, 0)], 0.6), Saying([(1, 2)], 0.9),
            Saying([(2, 2), (2, 2)], 0.9), Saying([(2, 0)], 0.85), Saying([(2, 1)], 0.7));

        OpenSetFigures openSet = ClassificationFigures.Of(predictions, ["Anna", "Ben", "unknown"], 2, 1, Thresholds).OpenSet!;

        Assert.Equal((4, 4), (openSet.FamilyCrops, openSet.StrangerCrops));
        Assert.Equal(0.5, openSet.Tpir.Value);
        Assert.Equal(0.25, openSet.Fpir.Value);
        // 1 % of four strangers is none: the threshold is the surest stranger's 0.85, which two of the family pass.
        Assert.Equal(0.5, openSet.TpirAtAllowedFpir.Value);
        Assert.Equal(0, openSet.Curve[0].Fpir);
        Assert.Equal(1, openSet.Curve[^1].Fpir);
        Assert.True(openSet.Curve.Zip(openSet.Curve.Skip(1)).All(pair => pair.First.Tpir <= pair.Second.Tpir));
    }

    /// <summary>Logits whose softmax gives what is said that probability, and the others an equal part of the rest.</summary>
    internal static Predictions Saying((int Truth, int Said)[] answers, double probability)
    {
        float rest = (float)Math.Log((1 - probability) / 2), top = (float)Math.Log(probability);
        return new Predictions(
            [.. answers.Select(answer => (float[])[.. Enumerable.Range(0, 3).Select(label => label == answer.Said ? top : rest)])],
                [.. answers.Select(answer => answer.Truth)]);
    }

    private static Predictions Join(params Predictions[] parts) =>
        new([.. parts.SelectMany(part => part.Logits)], [.. parts.SelectMany(part => part.Truth)]);
}
