using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Core.Tests.Statistics;

public class SignTestTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(8, 2, 0.109375)]
    [InlineData(700, 300, 1.7666e-37)]
    [InlineData(5100, 4900, 0.0466)]
    public void The_chance_is_the_binomial_distributions(int one, int other, double expected) =>
        Assert.InRange(SignTest.Chance(one, other), expected * 0.99, expected * 1.01);

    [Fact]
    public void A_count_below_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SignTest.Chance(-1, 0));
}
