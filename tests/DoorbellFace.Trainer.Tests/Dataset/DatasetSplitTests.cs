using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Tests.Dataset;

public class DatasetSplitTests
{
    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(5, 3, 1, 1)]
    [InlineData(10, 6, 2, 2)]
    [InlineData(50, 30, 10, 10)]
    [InlineData(93, 55, 19, 19)]
    public void Gives_sixty_twenty_twenty_and_at_least_one_of_each(int count, int train, int validation, int test)
    {
        var split = DatasetSplit.Assign("Anna", Names(count), seed: 1);

        Assert.Equal(count, split.Count);
        Assert.Equal(train, split.Values.Count(part => part == Split.Train));
        Assert.Equal(validation, split.Values.Count(part => part == Split.Validation));
        Assert.Equal(test, split.Values.Count(part => part == Split.Test));
    }

    [Fact]
    public void Does_not_depend_on_the_order_of_the_names()
    {
        Assert.Equal(DatasetSplit.Assign("Anna", Names(20), seed: 1), DatasetSplit.Assign("Anna", [.. Names(20).Reverse()], seed: 1));
    }

    [Fact]
    public void Differs_by_seed_and_by_person()
    {
        var split = DatasetSplit.Assign("Anna", Names(20), seed: 1);

        Assert.NotEqual(split, DatasetSplit.Assign("Anna", Names(20), seed: 2));
        Assert.NotEqual(split, DatasetSplit.Assign("Ben", Names(20), seed: 1));
    }

    [Fact]
    public void Refuses_fewer_than_three()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetSplit.Assign("Anna", Names(2), seed: 1));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}.png")];
}
