using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Core.Tests.Statistics;

/// <summary>Against numbers worked out by hand.</summary>
public class RateTests
{
    [Theory]
    [InlineData(8, 10, 0.8, 0.4902, 0.9433)]
    [InlineData(0, 10, 0, 0, 0.2775)]
    [InlineData(10, 10, 1, 0.7225, 1)]
    [InlineData(143, 150, 0.9533, 0.9068, 0.9772)]
    public void Successes_have_Wilsons_interval(int successes, int trials, double value, double low, double high)
    {
        var rate = Rate.OfSuccesses(successes, trials);

        Assert.Equal((value, low, high), (Math.Round(rate.Value, 4), Math.Round(rate.Low, 4), Math.Round(rate.High, 4)));
    }

    [Fact]
    public void Of_no_trials_nothing_is_known() => Assert.Equal(new Rate(0, 0, 1), Rate.OfSuccesses(0, 0));

    [Fact]
    public void Repeats_that_differ_have_Students_interval()
    {
        // Deviation 0.1 over three: 4.303 x 0.1 / sqrt 3 = 0.2484; Wilson's over all 300 reaches 0.4437 to 0.5563.
        var rate = Rate.OfRepeats([(50, 100), (60, 100), (40, 100)]);

        Assert.Equal((0.5, 0.2516, 0.7484), (Math.Round(rate.Value, 4), Math.Round(rate.Low, 4), Math.Round(rate.High, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rate.OfRepeats([(50, 100)]));
    }

    [Fact]
    public void Repeats_that_are_alike_have_Wilsons_interval_over_all_trials()
    {
        Assert.Equal(Rate.OfSuccesses(150, 300), Rate.OfRepeats([(50, 100), (50, 100), (50, 100)]));
    }
}
