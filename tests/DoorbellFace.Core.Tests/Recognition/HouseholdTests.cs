using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class HouseholdTests
{
    private const int Anna = 0, Ben = 1;

    private static readonly ThresholdOptions Options = new() { AcceptDeviations = 3, RejectDeviations = 1, Margin = 0.05f };

    [Fact]
    public void Strangers_set_one_threshold_for_the_household()
    {
        // To Anna 0.3, 0.1, 0.3, 0.1; to Ben nothing; to each other 0.05 or 0.023 in the mean. The scores' mean is 0.074, their deviation 0.119.
        StrangerBank bank = StrangerBank.Of(People.Model, [.. new[] { 0.3f, 0.1f, 0.3f, 0.1f }.Select((cosine, i) => People.Like(Anna, cosine, elsewhere: 40 + i))]);

        var household = new Household(People.Gallery(People.Person("Anna", Anna), People.Person("Ben", Ben)), bank, People.Manifest, Options);

        Assert.All(household.Thresholds, thresholds =>
        {
            Assert.Equal(0.4312f, thresholds.Accept, 0.001f);
            Assert.Equal(0.1933f, thresholds.Reject, 0.001f);
            Assert.Contains("strangers", thresholds.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_look_alike_in_the_family_raises_the_threshold()
    {
        EnrolledPerson twin = People.Person("Ben", Ben) with { Samples = [People.Sample(People.Like(Ben, 0.6f, elsewhere: Anna))] };

        var household = new Household(People.Gallery(People.Person("Anna", Anna), twin), People.Strangers(Anna, 0.1f, 0.1f), People.Manifest, Options);

        // Ben's picture is 0.8 like Anna and 0.08 like the strangers.
        Assert.Equal(0.8f - (0.7f * 0.08f) + 0.05f, household.Thresholds[0].Accept, 0.001f);
        Assert.Contains("set by Ben", household.Thresholds[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_bank_the_models_thresholds_hold()
    {
        var household = new Household(People.Gallery(People.Person("Anna", Anna)), People.NoStrangers, People.Manifest);

        Assert.Equal((0.5f, 0.4f), (household.Thresholds[0].Accept, household.Thresholds[0].Reject));
    }

    /// <summary>Five pictures of each, all 0.3 or 0.5 like the other person: mean 0.4, standard deviation 0.1.</summary>
    [Fact]
    public void Where_members_are_alike_by_their_pictures_strangers_may_be_as_well()
    {
        EnrolledPerson Member(string name, int axis, int other) => new(new PersonId(Guid.NewGuid()), name, [.. Enumerable.Range(0, 10).Select(i => People.Sample(People.Like(other, i % 2 == 0 ? 0.3f : 0.5f, axis)))], []);
        StrangerBank bank = StrangerBank.Of(People.Model, [.. Enumerable.Range(40, 4).Select(axis => People.Picture(axis))]);
        ThresholdOptions few = Options with { MemberDeviations = 0, Margin = -1 }, many = few with { MemberDeviations = 3 };

        float Accept(ThresholdOptions options) => new Household(People.Gallery(Member("Anna", Anna, Ben), Member("Ben", Ben, Anna)), bank, People.Manifest, options).Thresholds[0].Accept;

        Assert.True(Accept(many) > Accept(few) + 0.2f, $"{Accept(few)} {Accept(many)}");
    }

    [Fact]
    public void Likeness_to_strangers_is_taken_off()
    {
        var household = new Household(People.Gallery(People.Person("Anna", Anna)), People.Strangers(Ben, 1f), People.Manifest);

        Candidate clear = household.Search(People.Like(Anna, 0.6f, elsewhere: 40))[0], common = household.Search(People.Like(Anna, 0.6f, elsewhere: Ben))[0];

        Assert.Equal(0.6f, clear.Score, 0.001f);
        Assert.Equal(0.6f, common.Similarity, 0.001f);
        Assert.Equal(0.6f - (0.7f * 0.8f), common.Score, 0.001f);
    }

    [Fact]
    public void Search_ranks_by_likeness()
    {
        var household = new Household(People.Gallery(People.Person("Anna", Anna), People.Person("Ben", Ben)), People.NoStrangers, People.Manifest);

        Assert.Equal(["Ben", "Anna"], household.Search(People.Picture(Ben, noise: 0.5f)).Select(candidate => candidate.Template.Person.Name));
    }

    [Fact]
    public void Embeddings_of_another_model_are_refused()
    {
        var other = new Gallery(new string('b', 64), []);

        Assert.Throws<ArgumentException>(() => new Household(other, People.NoStrangers, People.Manifest));
    }

    [Fact]
    public void A_wrong_picture_among_the_samples_is_set_aside()
    {
        EnrolledPerson anna = People.Person("Anna", Anna, People.Picture(Anna, 0.4f, 1), People.Picture(Anna, 0.4f, 2), People.Picture(Anna, 0.4f, 3), People.Picture(Ben));

        PersonTemplate template = PersonTemplate.Of(anna);

        Assert.Equal(anna.Samples[^1], Assert.Single(template.SetAside));
        Assert.True(template.Center.Similarity(People.Picture(Anna)) > 0.95f);
    }

    [Fact]
    public void With_three_samples_nobody_is_the_odd_one() =>
        Assert.Empty(PersonTemplate.Of(People.Person("Anna", Anna, People.Picture(Anna, 0.2f, 1), People.Picture(Ben))).SetAside);
}
