using DoorbellFace.Core.Recognition;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class EmbeddingTests
{
    [Fact]
    public void Has_length_one_whatever_it_was_made_of()
    {
        var embedding = Embedding.Of([3, 0, 4]);

        Assert.Equal([0.6f, 0, 0.8f], embedding.Values.ToArray());
        Assert.Equal(1f, embedding.Similarity(embedding), 1e-6f);
    }

    [Theory]
    [InlineData(1, 0, 1f)]
    [InlineData(-1, 0, -1f)]
    [InlineData(0, 1, 0f)]
    public void Similarity_is_the_cosine(float x, float y, float expected) =>
        Assert.Equal(expected, Embedding.Of([5, 0]).Similarity(Embedding.Of([x, y])), 1e-6f);

    [Fact]
    public void Similarity_sees_every_number_of_a_long_one()
    {
        for (int i = 0; i < 259; i++)
        {
            var values = new float[259];
            values[i] = 1;
            var one = Embedding.Of(values);
            Assert.Equal(1f, one.Similarity(one));
        }
    }

    [Fact]
    public void A_mean_leans_to_the_heavier_one()
    {
        Embedding a = Embedding.Of([1, 0]), b = Embedding.Of([0, 1]);

        var mean = Embedding.Mean([(a, 3), (b, 1)]);

        Assert.True(mean.Similarity(a) > mean.Similarity(b));
        Assert.Equal(1f, mean.Similarity(mean), 1e-6f);
    }

    [Fact]
    public void Bytes_and_back_is_the_same()
    {
        var embedding = Embedding.Of([1, 2, 3, 4]);

        Assert.Equal(1f, embedding.Similarity(Embedding.FromBytes(embedding.ToBytes())), 1e-6f);
    }

    [Fact]
    public void Refuses_what_has_no_direction()
    {
        Assert.Throws<ArgumentException>(() => Embedding.Of([0, 0]));
        Assert.Throws<ArgumentException>(() => Embedding.Of([float.NaN, 1]));
        Assert.Throws<ArgumentException>(() => Embedding.FromBytes([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Embedding.Of([1, 2]).Similarity(Embedding.Of([1, 2, 3])));
    }
}
