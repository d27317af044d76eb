using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Distillation;

/// <summary>What the student must bring down, on faces of three numbers.</summary>
public sealed class DistillationLossTests
{
    /// <summary>A face and its look-alike.</summary>
    private static readonly float[] Bank = [1, 0, 0, 0.8f, 0.6f, 0];

    private static readonly float[] Taught = [1, 0, 0];

    /// <summary>Both are as far from what the teacher says: one towards the look-alike, one to where nobody is.</summary>
    private static readonly float[] Nearer = [0.9f, 0.435890f, 0], Beside = [0.9f, 0, 0.435890f];

    [Fact]
    public void The_cosine_alone_cannot_tell_an_error_towards_a_look_alike_from_another()
    {
        Assert.Equal(0.1f, Of(Nearer, 0, 0), 4);
        Assert.Equal(Of(Nearer, 0, 0), Of(Beside, 0, 0), 4);
    }

    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0, 5)]
    public void An_error_towards_a_look_alike_weighs_more(double relation, double hardPairs) =>
        Assert.True(Of(Nearer, relation, hardPairs) > Of(Beside, relation, hardPairs) + 0.01f);

    /// <summary>Cosines 0.9 and 0.98 where the teacher has 1 and 0.8.</summary>
    [Fact]
    public void Hard_pairs_are_compared_by_their_cosines() =>
        Assert.Equal(0.1f + (3 * ((0.01f + (0.181534f * 0.181534f)) / 2)), Of(Nearer, 0, 3), 4);

    [Fact]
    public void Of_many_faces_only_the_most_similar_ones_are_hard_pairs()
    {
        // The look-alike 64 times fills the places; what the student makes of all others does not count.
        float[] bank = [.. Enumerable.Repeat((float[])[0.8f, 0.6f, 0], 64).SelectMany(face => face), 0, 0, 1, 0, 0, 1];

        Assert.Equal(0.1f + (0.08f * 0.08f), Of(Beside, 0, 1, bank), 4);
    }

    private static float Of(float[] student, double relation, double hardPairs, float[]? bank = null)
    {
        using var scope = NewDisposeScope();
        var loss = new DistillationLoss(TorchOperations.Copy(bank ?? Bank, -1, 3), relation, hardPairs);
        return loss.Of(TorchOperations.Copy(student, 1, 3), TorchOperations.Copy(Taught, 1, 3)).Loss.item<float>();
    }
}
