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
        // To Anna 0.3, 0.1, 0.3, 0.1; to Ben nothing; to each other 0.05 or 0.023 in the mean. The scores' mean is 0.074, their deviation
        // 0.119.
        StrangerBank bank =
            StrangerBank.Of(SamplePeople.Model,
                [.. new[] { 0.3f, 0.1f, 0.3f, 0.1f }.Select((cosine, i) => SamplePeople.Like(Anna, cosine, elsewhere: 40 + i))]);

        var household =
            new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna), SamplePeople.Person("Ben", Ben)), bank,
                SamplePeople.Manifest, Options);

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
        EnrolledPerson twin = SamplePeople.Person("Ben", Ben) with
        {
            Samples = [SamplePeople.Sample(SamplePeople.Like(Ben, 0.6f, elsewhere: Anna))],
        };

        var household =
            new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna), twin), SamplePeople.Strangers(Anna, 0.1f, 0.1f),
                SamplePeople.Manifest, Options);

        // Ben's picture is 0.8 like Anna and 0.08 like the strangers.
        Assert.Equal(0.8f - (0.7f * 0.08f) + 0.05f, household.Thresholds[0].Accept, 0.001f);
        Assert.Contains("set by Ben", household.Thresholds[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_bank_the_models_thresholds_hold()
    {
        var household =
            new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna)), SamplePeople.NoStrangers, SamplePeople.Manifest);

        Assert.Equal((0.5f, 0.4f), (household.Thresholds[0].Accept, household.Thresholds[0].Reject));
    }

    /// <summary>Five pictures of each, all 0.3 or 0.5 like the other person: mean 0.4, standard deviation 0.1.</summary>
    [Fact]
    public void Where_members_are_alike_by_their_pictures_strangers_may_be_as_well()
    {
        EnrolledPerson Member(string name, int axis, int other) =>
            new(new PersonId(Guid.NewGuid()), name,
                [.. Enumerable.Range(0, 10).Select(i => SamplePeople.Sample(SamplePeople.Like(other, i % 2 == 0 ? 0.3f : 0.5f, axis)))],
                []);
        StrangerBank bank = StrangerBank.Of(SamplePeople.Model, [.. Enumerable.Range(40, 4).Select(axis => SamplePeople.Picture(axis))]);
        ThresholdOptions few = Options with { MemberDeviations = 0, Margin = -1 }, many = few with { MemberDeviations = 3 };

        float Accept(ThresholdOptions options) =>
            new Household(SamplePeople.Gallery(Member("Anna", Anna, Ben), Member("Ben", Ben, Anna)), bank, SamplePeople.Manifest, options)
                .Thresholds[0].Accept;

        Assert.True(Accept(many) > Accept(few) + 0.2f, $"{Accept(few)} {Accept(many)}");
    }

    /// <summary>Issue 14, rows 2 and 27: one person enrolled twice among four, and nobody was named any more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Whoever_is_enrolled_twice_raises_nobody_elses_threshold(int doubles)
    {
        EnrolledPerson[] others = [Series("Ben", Ben), Series("Clara", 2), Series("Dora", 3)];
        StrangerBank bank = StrangerBank.Of(SamplePeople.Model, [.. Enumerable.Range(40, 8).Select(axis => SamplePeople.Picture(axis))]);
        IReadOnlyList<PersonThresholds> ThresholdsOf(IEnumerable<EnrolledPerson> people) =>
            new Household(SamplePeople.Gallery([.. people]), bank, SamplePeople.Manifest).Thresholds;

        IReadOnlyList<PersonThresholds> once = ThresholdsOf([.. others, Series("Anna", Anna)]);
        IReadOnlyList<PersonThresholds> twice =
            ThresholdsOf([.. others, Series("Anna", Anna),
                .. Enumerable.Range(1, doubles).Select(number => Series($"Anna {number}", Anna))]);

        Assert.All(twice.Take(others.Length).Zip(once), pair => Assert.Equal(pair.Second.Accept, pair.First.Accept, 0.02f));
        Assert.All(twice.Skip(others.Length), thresholds => Assert.InRange(thresholds.Accept, 0.5f, 1.2f));
    }

    /// <summary>Issue 14, row 2: another person's photos under an existing name.</summary>
    [Fact]
    public void Anothers_photos_under_a_name_raise_the_thresholds_of_these_two_alone()
    {
        EnrolledPerson george = Series("George", Anna), tony = Series("Tony", Ben), clara = Series("Clara", 2), dora = Series("Dora", 3);
        StrangerBank bank = StrangerBank.Of(SamplePeople.Model, [.. Enumerable.Range(40, 8).Select(axis => SamplePeople.Picture(axis))]);
        EnrolledPerson spoilt = george with { Samples = [.. george.Samples.Take(5), .. Series("Tony again", Ben).Samples.Take(5)] };

        IReadOnlyList<PersonThresholds> sound =
            new Household(SamplePeople.Gallery(george, tony, clara, dora), bank, SamplePeople.Manifest).Thresholds;
        IReadOnlyList<PersonThresholds> household =
            new Household(SamplePeople.Gallery(spoilt, tony, clara, dora), bank, SamplePeople.Manifest).Thresholds;

        Assert.All(household.Skip(2).Zip(sound.Skip(2)), pair => Assert.Equal(pair.Second.Accept, pair.First.Accept, 0.05f));
        Assert.Contains("Tony", household[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Likeness_to_strangers_is_taken_off()
    {
        var household =
            new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna)), SamplePeople.Strangers(Ben, 1f), SamplePeople.Manifest);

        PersonMatch clear = household.Search(SamplePeople.Like(Anna, 0.6f, elsewhere: 40))[0],
            common = household.Search(SamplePeople.Like(Anna, 0.6f, elsewhere: Ben))[0];

        Assert.Equal(0.6f, clear.Score, 0.001f);
        Assert.Equal(0.6f, common.Similarity, 0.001f);
        Assert.Equal(0.6f - (0.7f * 0.8f), common.Score, 0.001f);
    }

    [Fact]
    public void Search_ranks_by_likeness()
    {
        var household =
            new Household(SamplePeople.Gallery(SamplePeople.Person("Anna", Anna), SamplePeople.Person("Ben", Ben)),
                SamplePeople.NoStrangers, SamplePeople.Manifest);

        Assert.Equal(["Ben", "Anna"], household.Search(SamplePeople.Picture(Ben, noise: 0.5f)).Select(match => match.Template.Person.Name));
    }

    [Fact]
    public void Embeddings_of_another_model_are_refused()
    {
        var other = new Gallery(new string('b', 64), []);

        Assert.Throws<ArgumentException>(() => new Household(other, SamplePeople.NoStrangers, SamplePeople.Manifest));
    }

    [Fact]
    public void A_wrong_picture_among_the_samples_is_set_aside()
    {
        EnrolledPerson anna =
            SamplePeople.Person("Anna", Anna, SamplePeople.Picture(Anna, 0.4f, 1), SamplePeople.Picture(Anna, 0.4f, 2),
                SamplePeople.Picture(Anna, 0.4f, 3), SamplePeople.Picture(Ben));

        PersonTemplate template = PersonTemplate.Of(anna);

        Assert.Equal(anna.Samples[^1], Assert.Single(template.SetAside));
        Assert.True(template.Center.Similarity(SamplePeople.Picture(Anna)) > 0.95f);
    }

    [Fact]
    public void With_three_samples_nobody_is_the_odd_one() =>
        Assert.Empty(PersonTemplate.Of(SamplePeople.Person("Anna", Anna, SamplePeople.Picture(Anna, 0.2f, 1), SamplePeople.Picture(Ben)))
            .SetAside);

    /// <summary>Ten pictures of someone, each with something accidental of its own.</summary>
    private static EnrolledPerson Series(string name, int axis) =>
        new(new PersonId(Guid.NewGuid()), name,
            [.. Enumerable.Range(0, 10).Select(i =>
            SamplePeople.Sample(SamplePeople.Picture(axis, noise: 0.6f, seed: (name.Length * 10) + i)))], []);
}
