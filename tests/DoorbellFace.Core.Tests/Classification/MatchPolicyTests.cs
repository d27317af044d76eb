using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Models;

namespace DoorbellFace.Core.Tests.Classification;

public class MatchPolicyTests
{
    private readonly MatchPolicy _policy = new(Manifests.Family(accept: 0.8f, reject: 0.5f));

    [Fact]
    public void Two_agreeing_frames_above_accept_make_a_name()
    {
        Identification answer = Decide((0.85f, 0.05f), (0.85f, 0.05f));

        Assert.Equal((IdentificationOutcome.Known, "Anna"), (answer.Outcome, answer.Name));
        Assert.Contains("2 of 2 frames", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_frame_above_accept_is_not_enough()
    {
        Identification answer = Decide((0.85f, 0.05f));

        Assert.Equal((IdentificationOutcome.Uncertain, "Anna"), (answer.Outcome, answer.Name));
    }

    [Fact]
    public void A_single_overwhelming_frame_is_enough() => Assert.Equal(IdentificationOutcome.Known, Decide((0.95f, 0.01f)).Outcome);

    [Theory]
    [InlineData(0.79f, IdentificationOutcome.Uncertain)]
    [InlineData(0.51f, IdentificationOutcome.Uncertain)]
    [InlineData(0.49f, IdentificationOutcome.Unknown)]
    public void Between_the_thresholds_it_is_uncertain_and_below_them_unknown(float anna, IdentificationOutcome expected) =>
        Assert.Equal(expected, Decide((anna, 0.1f), (anna, 0.1f)).Outcome);

    [Fact]
    public void The_stranger_class_is_nobody_we_know()
    {
        Identification answer = Decide((0.02f, 0.03f), (0.02f, 0.03f));

        Assert.Equal((IdentificationOutcome.Unknown, null), (answer.Outcome, answer.Name));
    }

    [Fact]
    public void A_tie_is_unknown()
    {
        var policy = new MatchPolicy(Manifests.Family(accept: 0.45f, reject: 0.3f));

        Identification answer = policy.Decide([Vote(0.5f, 0.48f), Vote(0.48f, 0.5f)]);

        Assert.Equal(IdentificationOutcome.Unknown, answer.Outcome);
        Assert.Contains("tie", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Larger_faces_count_more()
    {
        Identification answer = _policy.Decide([Vote(0.97f, 0.01f, 90), Vote(0.97f, 0.01f, 90), Vote(0.01f, 0.9f, 10)]);

        Assert.Equal((IdentificationOutcome.Known, "Anna"), (answer.Outcome, answer.Name));
    }

    [Fact]
    public void One_strange_frame_does_not_settle_that_nobody_is_known()
    {
        FaceVote stranger = Vote(0.05f, 0.05f);

        Assert.False(_policy.IsCertain([stranger], _policy.Decide([stranger])));
        Assert.True(_policy.IsCertain([stranger, stranger], _policy.Decide([stranger, stranger])));
    }

    [Fact]
    public void A_frame_that_speaks_for_a_name_keeps_the_question_open()
    {
        FaceVote[] votes = [Vote(0.02f, 0.02f), Vote(0.02f, 0.02f), Vote(0.9f, 0.02f)];

        Assert.False(_policy.IsCertain(votes, _policy.Decide(votes)));
    }

    [Fact]
    public void Softmax_survives_large_logits()
    {
        FaceScores scores = FaceScores.FromLogits(["a", "b"], [10000f, 9999f]);

        Assert.Equal(0.731f, scores.Probabilities[0], 3);
        Assert.Equal(1f, scores.Probabilities.Sum(), 5);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_refused(float logit) =>
        Assert.Throws<ArgumentException>(() => FaceScores.FromLogits(["a", "b"], [0, logit]));

    private Identification Decide(params (float Anna, float Ben)[] frames) =>
        _policy.Decide([.. frames.Select(frame => Vote(frame.Anna, frame.Ben))]);

    private static FaceVote Vote(float anna, float ben, float weight = 50) => new(weight) { Scores = Manifests.Scores(anna, ben) };
}
