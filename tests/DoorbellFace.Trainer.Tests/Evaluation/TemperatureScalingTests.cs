using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;

namespace DoorbellFace.Trainer.Tests.Evaluation;

public class TemperatureScalingTests
{
    [Theory]
    [InlineData(0.7f)]
    [InlineData(2f)]
    [InlineData(3.5f)]
    public void Finds_the_temperature_by_which_logits_were_overstated(float overstated)
    {
        // Truth is drawn from the softmax of the honest logits; the network overstates them.
        var random = new SeededRandom(1);
        var logits = new List<float[]>();
        var truth = new List<int>();
        for (int i = 0; i < 4000; i++)
        {
            float[] honest = [random.Normal(), random.Normal(), random.Normal()];
            double[] weights = [.. honest.Select(value => Math.Exp(value))];
            double pick = random.Between(0, 1) * weights.Sum();
            truth.Add(pick < weights[0] ? 0 : pick < weights[0] + weights[1] ? 1 : 2);
            logits.Add([.. honest.Select(value => value * overstated)]);
        }

        Assert.Equal(overstated, TemperatureScaling.Fit(new Predictions(logits, truth)), tolerance: 0.15f * overstated);
    }

    [Fact]
    public void Changes_nothing_where_nothing_is_wrong_or_too_little_is_known()
    {
        float[][] sure = [.. Enumerable.Repeat<float[]>([3, 0], 30)];

        Assert.Equal(1, TemperatureScaling.Fit(new Predictions(sure, [.. Enumerable.Repeat(0, 30)])));
        Assert.Equal(1, TemperatureScaling.Fit(new Predictions(sure[..10], [.. Enumerable.Repeat(1, 10)])));
    }
}
