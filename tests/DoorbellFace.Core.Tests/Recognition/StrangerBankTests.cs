using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class StrangerBankTests
{
    private static readonly StrangerBank Bank =
        StrangerBank.Of(SamplePeople.Model, [.. Enumerable.Range(0, 20).Select(i => SamplePeople.Picture(i, noise: 0.8f))]);

    [Fact]
    public void A_file_holds_nearly_the_same_embeddings()
    {
        var read = StrangerBank.Parse(Bank.ToBytes(), SamplePeople.Model);

        Assert.All(read.Strangers.Zip(Bank.Strangers), pair => Assert.True(pair.First.Similarity(pair.Second) > 0.999f));
    }

    [Fact]
    public void A_file_of_another_model_is_refused_with_both_names()
    {
        var error = Assert.Throws<InvalidModelException>(() => StrangerBank.Parse(Bank.ToBytes(), new string('b', 64)));

        Assert.Contains("aaaaaaaaaaaa", error.Message, StringComparison.Ordinal);
        Assert.Contains("bbbbbbbbbbbb", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(47)]
    [InlineData(100)]
    public void A_file_cut_short_is_refused(int bytes) =>
        Assert.Throws<InvalidModelException>(() => StrangerBank.Parse(Bank.ToBytes().AsSpan(0, bytes), SamplePeople.Model));

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var random = new Random(1);
        byte[] whole = Bank.ToBytes();
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = (byte[])whole.Clone();
            for (int flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(64)] = (byte)random.Next(256);
            try
            {
                Assert.Equal(20, StrangerBank.Parse(bytes, SamplePeople.Model).Strangers.Count);
            }
            catch (InvalidModelException)
            {
                // A sentence, and nothing else, is what damage comes to.
            }
        }
    }

    /// <summary>The twenty most similar count, however many others there are.</summary>
    [Theory]
    [InlineData(10, 0.5f)]
    [InlineData(20, 0.5f)]
    [InlineData(40, 0.5f)]
    public void The_cohort_is_the_likest_strangers(int alike, float expected)
    {
        Embedding like = SamplePeople.Like(0, 0.5f, elsewhere: 1), unlike = SamplePeople.Picture(2);
        var bank = StrangerBank.Of(SamplePeople.Model, [.. Enumerable.Repeat(like, alike), .. Enumerable.Repeat(unlike, 30)]);

        Assert.Equal(alike < 20 ? expected * alike / 20 : expected, bank.CohortSimilarity(SamplePeople.Picture(0)), 0.001f);
        Assert.Equal(0, StrangerBank.Of(SamplePeople.Model, []).CohortSimilarity(like));
    }

    [Fact]
    public void A_stranger_is_not_in_its_own_cohort()
    {
        var bank = StrangerBank.Of(SamplePeople.Model, [SamplePeople.Picture(0), SamplePeople.Like(0, 0.5f, elsewhere: 1)]);

        Assert.All(bank.CohortSimilarities, cohort => Assert.Equal(0.5f, cohort, 0.001f));
    }
}
