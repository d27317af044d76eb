using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Tests.Visits;

public class VisitIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_a_version_7_uuid_of_the_variant_of_the_rfc()
    {
        Guid id = VisitId.StartingAt(Noon);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }

    [Fact]
    public void The_same_time_gives_the_same_name() => Assert.Equal(VisitId.StartingAt(Noon), VisitId.StartingAt(Noon.ToOffset(TimeSpan.FromHours(2))));

    [Fact]
    public void Neighbouring_times_give_different_names_that_end_differently()
    {
        string[] endings = [.. Enumerable.Range(0, 1000).Select(tick => VisitId.StartingAt(Noon.AddTicks(tick)).ToString()[^8..])];

        Assert.Equal(endings.Length, endings.Distinct().Count());
    }

    [Fact]
    public void Names_are_ordered_by_time() =>
        Assert.True(string.CompareOrdinal(VisitId.StartingAt(Noon).ToString(), VisitId.StartingAt(Noon.AddMilliseconds(1)).ToString()) < 0);
}
