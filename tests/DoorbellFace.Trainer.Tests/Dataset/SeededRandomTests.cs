using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Tests.Dataset;

public class SeededRandomTests
{
    [Fact]
    public void Gives_the_same_numbers_for_ever()
    {
        // Pinned: a resumed training, and a split, must not change with a version of .NET or of this program. Worked out with a second
        // implementation of SplitMix64.
        var random = new SeededRandom(1, 2, 3);

        Assert.Equal([124, 519, 506], [random.Below(1000), random.Below(1000), random.Below(1000)]);
    }

    [Fact]
    public void Differs_by_seed_and_by_every_coordinate()
    {
        int First(SeededRandom random) => random.Below(int.MaxValue);

        int[] firsts =
            [First(new(1)), First(new(2)), First(new(1, 0)), First(new(1, 1)), First(new(1, 0, 0)), First(new(1, 0, 1)),
                First(new(1, 1, 0)), First(new(0, 1))];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Spreads_evenly_within_its_range()
    {
        var random = new SeededRandom(7);
        int[] counts = new int[10];

        for (int i = 0; i < 10_000; i++) counts[random.Below(10)]++;

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Draws_a_normal_distribution()
    {
        var random = new SeededRandom(7);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.Normal())];

        Assert.InRange(values.Average(), -0.03, 0.03);
        Assert.InRange(values.Average(value => value * value), 0.95, 1.05);
        Assert.InRange(values.Count(value => Math.Abs(value) < 1) / 20_000.0, 0.67, 0.695);
    }

    [Fact]
    public void Shuffles_without_losing_anything()
    {
        int[] items = [.. Enumerable.Range(0, 50)];

        new SeededRandom(3).Shuffle(items);

        Assert.Equal(Enumerable.Range(0, 50), items.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), items);
    }
}
