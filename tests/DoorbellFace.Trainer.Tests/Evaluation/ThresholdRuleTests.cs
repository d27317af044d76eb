using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Evaluation;

namespace DoorbellFace.Trainer.Tests.Evaluation;

/// <summary>
/// Two people (labels 0 and 1) and strangers (label 2). A crop is written as its label, the network's answer and its probability.
/// </summary>
public class ThresholdRuleTests
{
    private const int Unknown = 2;

    [Fact]
    public void Accepts_just_above_what_strangers_reach()
    {
        // 99 crops: not a single wrong name is allowed.
        Predictions validation = Of([.. Right(59, 0.95f), .. Strangers(39, 0.97f), (Truth: Unknown, Answer: 0, 0.85f)]);

        MatchThresholds thresholds = ThresholdRule.Choose(validation, 1, Unknown);

        Assert.Equal(0.85f, thresholds.Accept, tolerance: 1e-4f);
        Assert.Equal((59 / 99.0, 0.0), ThresholdRule.Named(validation, 1, thresholds, Unknown));
    }

    [Fact]
    public void Allows_one_wrong_name_in_a_hundred()
    {
        Predictions validation = Of([.. Right(60, 0.95f), .. Strangers(138, 0.97f), (Unknown, 0, 0.98f), (0, 1, 0.7f), (Unknown, 1, 0.9f)]);

        MatchThresholds thresholds = ThresholdRule.Choose(validation, 1, Unknown);

        // 201 crops, three wrong names, two of them allowed: just above the third.
        Assert.Equal(0.7f, thresholds.Accept, tolerance: 1e-4f);
        Assert.Equal(2 / 201.0, ThresholdRule.Named(validation, 1, thresholds, Unknown).Wrong, tolerance: 1e-9);
    }

    [Fact]
    public void Is_never_easier_than_its_floor_and_stricter_without_strangers()
    {
        Assert.Equal(0.6f, ThresholdRule.Choose(Of([.. Right(50, 0.95f), .. Strangers(50, 0.9f)]), 1, Unknown).Accept);
        Assert.Equal(0.8f, ThresholdRule.Choose(Of(Right(100, 0.95f)), 1, unknownIndex: -1).Accept);
    }

    [Fact]
    public void Is_never_stricter_than_its_ceiling()
    {
        Assert.Equal(0.99f,
            ThresholdRule.Choose(Of([.. Right(50, 0.95f), .. Enumerable.Repeat((Unknown, 0, 0.999f), 50)]), 1, Unknown).Accept);
    }

    [Theory]
    [InlineData(0.2f, 0.5f)]
    [InlineData(0.7f, 0.7f)]
    [InlineData(0.9f, 0.8f)]
    public void Rejects_below_nearly_all_right_names_within_limits(float weakestRight, float expectedShare)
    {
        // Accept is 0.99 here, and 6 of 100 right names are weak.
        Predictions validation =
            Of([.. Right(94, 0.995f), .. Enumerable.Repeat((0, 0, weakestRight), 6), .. Enumerable.Repeat((Unknown, 0, 0.999f), 10)]);

        MatchThresholds thresholds = ThresholdRule.Choose(validation, 1, Unknown);

        Assert.Equal(0.99f, thresholds.Accept);
        Assert.Equal(expectedShare == 0.7f ? 0.7f : expectedShare * 0.99f, thresholds.Reject, tolerance: 1e-3f);
    }

    [Fact]
    public void Falls_back_when_there_are_too_few_crops()
    {
        Assert.Equal(new MatchThresholds(0.8f, 0.5f), ThresholdRule.Choose(Of([.. Right(10, 0.95f), .. Strangers(9, 0.9f)]), 1, Unknown));
    }

    private static IEnumerable<(int Truth, int Answer, float Probability)> Right(int count, float probability) =>
        Enumerable.Repeat((0, 0, probability), count);

    private static IEnumerable<(int Truth, int Answer, float Probability)> Strangers(int count, float probability) =>
        Enumerable.Repeat((Unknown, Unknown, probability), count);

    private static Predictions Of(IEnumerable<(int Truth, int Answer, float Probability)> crops)
    {
        (int Truth, int Answer, float Probability)[] all = [.. crops];
        return new Predictions([.. all.Select(crop => Logits(crop.Answer, crop.Probability))], [.. all.Select(crop => crop.Truth)]);
    }

    private static float[] Logits(int answer, float probability)
    {
        // Enough further labels that the answer comes first however small its probability is.
        const int Labels = 12;
        return [.. Enumerable.Range(0, Labels).Select(label =>
            MathF.Log(label == answer ? probability : (1 - probability) / (Labels - 1)))];
    }
}
