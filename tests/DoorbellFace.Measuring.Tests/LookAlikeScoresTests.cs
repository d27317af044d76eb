using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Measuring;
using Xunit;

namespace DoorbellFace.Measuring.Tests;

public sealed class LookAlikeScoresTests
{
    private const float Threshold = 0.5f;

    [Fact]
    public void Rates_are_counted_over_all_seeds()
    {
        LookAlikeFigures figures =
            LookAlikeScores.Of([[Own("Anna", "Anna", 0.8f), Own("Anna", "Ben", 0.6f), Stranger("Zoe", 0.4f)],
                [Own("Anna", "Anna", 0.3f), Own("Anna", null, 0), Stranger("Zoe", 0.7f)]]);

        Assert.Equal((0.5, 0.25, 0.25, 0.5), (figures.ClosedSetAccuracy, figures.Tpir, figures.WrongNameRate, figures.Fpir));
        Assert.Equal((4, 2), (figures.Probes, figures.StrangerPhotos));
    }

    [Fact]
    public void The_stranger_who_is_named_most_often_is_the_worst_one_and_single_photos_do_not_count()
    {
        ProbeAnswer[] answers =
        [
            Own("Anna", "Anna", 0.8f), Stranger("Once", 0.9f),
            .. Enumerable.Range(0, 10).Select(i => Stranger("Zoe", i < 2 ? 0.6f : 0.1f, i)),
                .. Enumerable.Range(0, 10).Select(i => Stranger("Yves", i < 1 ? 0.6f : 0.1f, i)),
        ];

        LookAlikeFigures figures = LookAlikeScores.Of([answers]);

        Assert.Equal([new StrangerShare("Zoe", 10, 0.2), new StrangerShare("Yves", 10, 0.1)], figures.WorstStrangers);
        Assert.Equal(1, figures.StrangersAbove10Pct);
    }

    [Fact]
    public void Groups_are_read_from_the_names_of_the_web_strangers()
    {
        LookAlikeFigures figures =
            LookAlikeScores.Of(
                [[Own("Anna", "Anna", 0.8f), Stranger("female-asian-0001", 0.6f), Stranger("female-asian-0002", 0.1f),
                    Stranger("male-black-0001", 0.1f), Stranger("Jean-Marie-1", 0.9f)]]);

        Assert.Equal([("female-asian", 2, 0.5), ("male-black", 1, 0)],
            figures.Groups.Select(group => (group.Group, group.People, group.Fpir)));
        Assert.All(figures.Groups, group => Assert.InRange(group.Fpir, group.Ci95[0], group.Ci95[1]));
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(0.01, 0.5)]
    [InlineData(0.02, 0.75)]
    [InlineData(1, 0.75)]
    public void A_curve_gives_the_right_names_above_what_the_allowed_strangers_reach(double fpir, double expected)
    {
        float[] right = [0.95f, 0.85f, 0.6f, float.NegativeInfinity];
        float[] strangers = [0.9f, 0.7f, .. Enumerable.Repeat(0.1f, 97), float.NegativeInfinity];

        Assert.Equal(expected, DetCurve.At(right, strangers, fpir));
    }

    [Fact]
    public void An_interval_over_people_holds_the_figure_and_is_wider_where_people_differ()
    {
        bool[][] alike = [.. Enumerable.Range(0, 20).Select(person => Enumerable.Range(0, 10).Select(photo => photo < 7).ToArray())];
        bool[][] unlike = [.. Enumerable.Range(0, 20).Select(person => Enumerable.Range(0, 10).Select(photo => person < 14).ToArray())];
        double[] IntervalOf(bool[][] people) =>
            new PeopleBootstrap().Interval(people, [], (own, _) => own.Count(right => right) / (double)own.Length);

        Assert.Equal([0.7, 0.7], IntervalOf(alike));
        Assert.InRange(0.7, IntervalOf(unlike)[0] + 0.1, IntervalOf(unlike)[1] - 0.1);
        Assert.Equal(IntervalOf(unlike), IntervalOf(unlike));
    }

    private static ProbeAnswer Own(string person, string? best, float score) =>
        new(person, "1.jpg", IsStranger: false, best is null ? null : CandidateFor(best, score));

    private static ProbeAnswer Stranger(string person, float score, int photo = 1) =>
        new(person, $"{photo}.jpg", IsStranger: true, CandidateFor("Anna", score));

    private static PersonMatch CandidateFor(string name, float score)
    {
        var template =
            PersonTemplate.Of(new EnrolledPerson(new PersonId(Guid.Empty), name,
                [new FaceSample(new SampleId(Guid.Empty), Embedding.Of([1f]), 1, SampleSource.Photo)], []));
        return new PersonMatch(template, new PersonThresholds(Threshold, 0.3f, ""), score, CohortSimilarity: 0, IsNegative: false);
    }
}
