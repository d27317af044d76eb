using DoorbellFace.Core.Identity;

namespace DoorbellFace.Core.Tests.Identity;

public class VisitIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    [Fact]
    public void It_is_a_version_7_uuid_of_the_variant_of_the_rfc()
    {
        Guid id = At(Noon).Value;

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }

    [Fact]
    public void The_same_time_gives_the_same_name() => Assert.Equal(At(Noon), At(Noon.ToOffset(TimeSpan.FromHours(2))));

    [Fact]
    public void Neighbouring_times_give_different_names_that_end_differently()
    {
        string[] endings = [.. Enumerable.Range(0, 1000).Select(tick => At(Noon.AddTicks(tick)).ToString()[^8..])];

        Assert.Equal(endings.Length, endings.Distinct().Count());
    }

    [Fact]
    public void Names_are_ordered_by_time() =>
        Assert.True(string.CompareOrdinal(At(Noon).ToString(), At(Noon.AddMilliseconds(1)).ToString()) < 0);

    [Fact]
    public void Two_doors_that_ring_in_the_same_tick_have_two_visits() =>
        Assert.NotEqual(VisitId.Of(DoorId.Front, Noon, Run), VisitId.Of(new DoorId("garden"), Noon, Run));

    [Fact]
    public void A_replay_does_not_name_its_visits_as_the_living_door_did() =>
        Assert.NotEqual(VisitId.Of(DoorId.Front, Noon, Run), VisitId.Of(DoorId.Front, Noon, Guid.Empty));

    [Fact]
    public void It_reads_what_it_writes() => Assert.Equal(At(Noon), VisitId.Parse(At(Noon).ToString()));

    private static VisitId At(DateTimeOffset start) => VisitId.Of(DoorId.Front, start, Run);
}
