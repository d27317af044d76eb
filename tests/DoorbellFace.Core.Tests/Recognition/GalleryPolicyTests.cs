using DoorbellFace.Core.Recognition;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class GalleryPolicyTests
{
    private const int Anna = 0, Ben = 1;

    private readonly GalleryPolicy _policy =
        new(new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna), SamplePeople.Person("Ben", Ben)),
            SamplePeople.NoStrangers, SamplePeople.Manifest));

    [Fact]
    public void Two_frames_that_agree_are_a_name()
    {
        Identification answer = Decide(SamplePeople.Like(Anna, 0.55f), SamplePeople.Like(Anna, 0.56f));

        Assert.Equal((IdentificationOutcome.Known, "Anna"), (answer.Outcome, answer.Name));
        Assert.Contains("2 of 2 frames agree on Anna", answer.Reason, StringComparison.Ordinal);
        Assert.Contains("where 0.50 is needed", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_frame_is_not_enough_unless_it_is_overwhelming()
    {
        Assert.Equal(IdentificationOutcome.Uncertain, Decide(SamplePeople.Like(Anna, 0.58f)).Outcome);
        Assert.Equal(IdentificationOutcome.Known, Decide(SamplePeople.Like(Anna, 0.62f)).Outcome);
    }

    [Theory]
    [InlineData(0.39f, IdentificationOutcome.Unknown)]
    [InlineData(0.41f, IdentificationOutcome.Uncertain)]
    [InlineData(0.49f, IdentificationOutcome.Uncertain)]
    [InlineData(0.51f, IdentificationOutcome.Known)]
    public void Below_accept_is_uncertain_and_below_reject_is_unknown(float similarity, IdentificationOutcome expected) =>
        Assert.Equal(expected, Decide(SamplePeople.Like(Anna, similarity), SamplePeople.Like(Anna, similarity)).Outcome);

    [Fact]
    public void Between_two_people_is_a_tie_and_no_name()
    {
        var values = new float[SamplePeople.Length];
        values[Anna] = 0.70f;
        values[Ben] = 0.69f;

        Identification answer = Decide(Embedding.Of(values), Embedding.Of(values));

        Assert.Equal((IdentificationOutcome.Unknown, null), (answer.Outcome, answer.Name));
        Assert.Contains("a tie", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_that_are_poor_by_themselves_are_good_together()
    {
        // Each frame's noise points elsewhere, as noise does; what is left of the mean is Anna.
        Embedding[] frames = [.. Enumerable.Range(10, 4).Select(elsewhere => SamplePeople.Like(Anna, 0.45f, elsewhere))];

        Assert.Equal(IdentificationOutcome.Uncertain, Decide(frames[0]).Outcome);
        Assert.Equal(IdentificationOutcome.Known, Decide(frames).Outcome);
    }

    [Fact]
    public void A_heavy_frame_counts_more_than_a_light_one()
    {
        FaceVote clear = Vote(SamplePeople.Like(Ben, 0.9f), 1), faint = Vote(SamplePeople.Like(Anna, 0.9f), 0.05f);

        Identification answer = _policy.Decide([faint, clear]);

        Assert.Equal("Ben", answer.Name);
    }

    [Fact]
    public void What_is_known_not_to_be_Anna_is_not_Anna()
    {
        EnrolledPerson anna = SamplePeople.Person("Anna", Anna);
        Embedding sister = SamplePeople.Like(Anna, 0.7f, elsewhere: 30);
        var warned =
            new GalleryPolicy(new Household(SamplePeople.Gallery(anna with { Negatives = [SamplePeople.Sample(sister)] }),
                SamplePeople.NoStrangers, SamplePeople.Manifest));

        Identification answer = warned.Decide([Vote(sister), Vote(sister)]);

        Assert.Equal(IdentificationOutcome.Unknown, answer.Outcome);
        Assert.Contains("known not to be Anna", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(IdentificationOutcome.Known,
            warned.Decide([Vote(SamplePeople.Picture(Anna)), Vote(SamplePeople.Picture(Anna))]).Outcome);
    }

    [Fact]
    public void With_nobody_enrolled_everyone_is_unknown()
    {
        var nobody = new GalleryPolicy(new Household(SamplePeople.Gallery(), SamplePeople.NoStrangers, SamplePeople.Manifest));

        Assert.Equal(IdentificationOutcome.Unknown, nobody.Decide([Vote(SamplePeople.Picture(Anna))]).Outcome);
    }

    [Fact]
    public void Is_certain_of_a_stranger_only_when_every_frame_says_so()
    {
        FaceVote stranger = Vote(SamplePeople.Picture(20)), maybe = Vote(SamplePeople.Like(Anna, 0.45f));

        Assert.False(IsCertain(stranger));
        Assert.True(IsCertain(stranger, stranger));
        Assert.False(IsCertain(stranger, maybe));
        Assert.True(IsCertain(Vote(SamplePeople.Picture(Anna))));
    }

    private static FaceVote Vote(Embedding embedding, float weight = 1) => new(weight) { Embedding = embedding };

    private bool IsCertain(params FaceVote[] votes) => _policy.IsCertain(votes, _policy.Decide(votes));

    private Identification Decide(params Embedding[] frames) => _policy.Decide([.. frames.Select(frame => Vote(frame))]);
}
