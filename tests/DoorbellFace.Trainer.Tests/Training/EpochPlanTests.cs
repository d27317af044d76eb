using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Tests.Training;

public class EpochPlanTests
{
    [Fact]
    public void Shows_everyone_of_the_family_once_in_batches_as_even_as_can_be()
    {
        var plan = new EpochPlan(Crops(family: 33, strangers: 0), unknownLabel: -1, batch: 32, seed: 1);

        IReadOnlyList<int[]> batches = plan.Batches(epoch: 0);

        Assert.Equal([16, 17], batches.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 33), batches.SelectMany(batch => batch).Order());
    }

    [Fact]
    public void Shows_no_more_strangers_than_family_and_others_each_time()
    {
        var plan = new EpochPlan(Crops(family: 10, strangers: 200), unknownLabel: 1, batch: 8, seed: 1);

        int[] Strangers(int epoch) => [.. plan.Batches(epoch).SelectMany(batch => batch).Where(index => index >= 10).Order()];

        Assert.Equal(20, plan.CropsPerEpoch);
        Assert.Equal(3, plan.BatchesPerEpoch);
        Assert.Equal(10, Strangers(0).Length);
        Assert.NotEqual(Strangers(0), Strangers(1));
    }

    [Fact]
    public void Is_the_same_for_the_same_seed_and_epoch_only()
    {
        int[] Order(int seed, int epoch) =>
            [.. new EpochPlan(Crops(family: 30, strangers: 30), unknownLabel: 1, batch: 8, seed).Batches(epoch).SelectMany(batch => batch)];

        Assert.Equal(Order(1, 4), Order(1, 4));
        Assert.NotEqual(Order(1, 4), Order(1, 5));
        Assert.NotEqual(Order(1, 4), Order(2, 4));
    }

    private static LabelledCrop[] Crops(int family, int strangers) =>
        [.. Enumerable.Range(0, family + strangers)
            .Select(i => new LabelledCrop(i < family ? 0 : 1, Split.Train, DrawnFolder.Draw("Anna", 0)))];
}
