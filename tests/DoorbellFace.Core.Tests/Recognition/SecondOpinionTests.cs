using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Models;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

/// <summary>
/// The gallery of <see cref="GalleryPolicyTests"/> (accept 0.5, reject 0.4) beside a classifier that is sure from 0.8 on.
/// </summary>
public sealed class SecondOpinionTests
{
    private const int Anna = 0, Ben = 1, Clara = 2;

    private static readonly ModelManifest Model = SamplePeople.Manifest with
    {
        Id2Label = Manifests.Family().Id2Label,
        UnknownLabel = Manifests.Stranger,
        LogitsName = "logits",
        LogitsThresholds = new MatchThresholds(0.8f, 0.5f),
    };

    private readonly GalleryPolicy _policy = new(
        new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna), SamplePeople.Person("Ben", Ben),
            SamplePeople.Person("Clara", Clara)), SamplePeople.NoStrangers, Model),
        secondOpinion: SecondOpinion.Of(Model));

    [Theory]
    [InlineData(0.45f, 0.9f, 0.05f, IdentificationOutcome.Known)]       // in doubt, and sure of the same: lifted
    [InlineData(0.45f, 0.7f, 0.05f, IdentificationOutcome.Uncertain)]   // in doubt, and not sure
    [InlineData(0.45f, 0.05f, 0.9f, IdentificationOutcome.Uncertain)]   // in doubt, and sure of another
    [InlineData(0.60f, 0.9f, 0.05f, IdentificationOutcome.Known)]       // both sure
    [InlineData(0.60f, 0.05f, 0.7f, IdentificationOutcome.Known)]       // against, but not sure
    [InlineData(0.60f, 0.05f, 0.9f, IdentificationOutcome.Uncertain)]   // sure of another
    [InlineData(0.60f, 0.02f, 0.03f, IdentificationOutcome.Uncertain)]  // sure of a stranger
    [InlineData(0.39f, 0.98f, 0.01f, IdentificationOutcome.Unknown)]    // nobody stays nobody, however sure the classifier is
    public void Lifts_a_doubt_it_shares_the_name_of_and_raises_one_where_it_differs(float similarity, float anna, float ben,
        IdentificationOutcome expected)
    {
        FaceVote vote = Vote(SamplePeople.Like(Anna, similarity), Manifests.Scores(anna, ben));

        Identification answer = _policy.Decide([vote, vote]);

        Assert.Equal((expected, expected == IdentificationOutcome.Unknown ? null : "Anna"), (answer.Outcome, answer.Name));
    }

    [Fact]
    public void Says_so_in_words_and_numbers()
    {
        FaceVote lifted = Vote(SamplePeople.Like(Anna, 0.45f), Manifests.Scores(0.9f, 0.05f)),
            lowered = Vote(SamplePeople.Like(Anna, 0.6f), Manifests.Scores(0.05f, 0.9f));

        Assert.EndsWith("The network trained on the family is sure of Anna, too, with 0.90, so the name is said.",
            _policy.Decide([lifted, lifted]).Reason, StringComparison.Ordinal);
        Assert.EndsWith("But the network trained on the family is sure, with 0.90, that it is someone else.",
            _policy.Decide([lowered, lowered]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_frame_lifts_nothing() =>
        Assert.Equal(IdentificationOutcome.Uncertain,
            _policy.Decide([Vote(SamplePeople.Like(Anna, 0.45f), Manifests.Scores(0.9f, 0.05f))]).Outcome);

    [Fact]
    public void Knows_nothing_of_people_enrolled_after_the_training()
    {
        FaceVote clara = Vote(SamplePeople.Like(Clara, 0.6f), Manifests.Scores(0.95f, 0.01f));

        Assert.Equal((IdentificationOutcome.Known, "Clara"), (_policy.Decide([clara, clara]).Outcome, _policy.Decide([clara, clara]).Name));
    }

    [Fact]
    public void Is_not_there_for_a_backbone_that_knows_nobody_and_votes_without_scores_say_nothing()
    {
        Assert.Null(SecondOpinion.Of(SamplePeople.Manifest));
        Assert.Equal(OpinionOnName.None,
            SecondOpinion.Of(Model)!.On("Anna", [new FaceVote(1) { Embedding = SamplePeople.Picture(Anna) }]).Opinion);
    }

    [Fact]
    public void A_manifest_has_labels_logits_and_their_thresholds_or_none_of_them()
    {
        Assert.Equal(Model.LogitsThresholds, ModelManifest.Parse(Model.ToJson()).LogitsThresholds);

        foreach (ModelManifest wrong in (ModelManifest[])
        [
            Model with { LogitsThresholds = null },
            Model with { LogitsName = null },
            Model with { Id2Label = new Dictionary<int, string>(), UnknownLabel = null },
            Model with { LogitsThresholds = new MatchThresholds(0.5f, 0.8f) },
            Model with { Task = ModelTask.Classification },
        ])
        {
            Assert.Throws<InvalidModelException>(() => ModelManifest.Parse(wrong.ToJson()));
        }
    }

    private static FaceVote Vote(Embedding embedding, FaceScores scores) => new(1) { Embedding = embedding, Scores = scores };
}
