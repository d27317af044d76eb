using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Application.Tests.People;

/// <summary>The real networks and stores; whoever was at the door is drawn.</summary>
public sealed class PeopleChecksTests(Networks networks) : IClassFixture<Networks>, IDisposable
{
    private readonly ReviewHouse _house = new(networks.Tools);

    private PeopleChecks Checks => new(_house.People);

    [Fact]
    public void Pictures_of_two_people_under_one_name_are_suggested_to_be_separated_and_joined_again()
    {
        _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        _house.Enrol(DrawnFamily.Ben, 3, 42_000_000);
        SampleId[] ben = [.. Person("Ben").Positives.Select(sample => sample.Id)];
        _house.People.Merge("Ben", "Anna");

        IReadOnlyList<SampleId> suggested = Checks.SuggestSplit("Anna", networks.Tools);

        Assert.Equal(ben.ToHashSet(), suggested.ToHashSet());
        _house.People.Split("Anna", "Ben", suggested);
        Assert.Equal((4, 3), (Person("Anna").Positives.Count(), Person("Ben").Positives.Count()));
        Assert.Empty(Checks.SuggestSplit("Anna", networks.Tools));
        _house.People.Merge("Ben", "Anna");
        Assert.Equal(7, Person("Anna").Positives.Count());
    }

    [Fact]
    public void Joining_says_first_how_many_pictures_disagree()
    {
        _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
        _house.Enrol(DrawnFamily.Ben, 3, 42_000_000);
        _house.Enrol(DrawnFamily.Anna with { Name = "Anna at work" }, 3, 41_000_100);

        MergePreview two = Checks.PreviewMerge("Ben", "Anna", networks.Tools);
        MergePreview one = Checks.PreviewMerge("Anna at work", "Anna", networks.Tools);

        Assert.Equal(3, two.Pictures);
        // Drawn faces are more alike than real ones: one of the three may pass for perhaps being Anna.
        Assert.InRange(two.Disagreeing.Count, 2, 3);
        Assert.InRange(one.Pictures, 2, 3);
        Assert.Empty(one.Disagreeing);
        Assert.Equal(3, _house.People.List().Count);
    }

    [Fact]
    public void The_self_test_has_everybody_and_nobody_where_nobody_is_enrolled()
    {
        Assert.Empty(Checks.SelfTest(networks.Tools));
        _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);

        SelfTestPerson anna = Assert.Single(Checks.SelfTest(networks.Tools));

        Assert.Equal(("Anna", 4), (anna.Name, anna.Samples));
    }

    public void Dispose() => _house.Dispose();

    private PersonOutline Person(string name) => PersonLookup.Require(_house.People.List(), name);
}
