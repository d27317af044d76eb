using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// The computer's clock is set while the door runs (by the network after a start, or after a suspend). The clock on the wall is the test's,
/// and the steady timer below it is the computer's.
/// </summary>
public sealed class SetClockTests
{
    [Theory]
    [InlineData(2 * 3600)]
    [InlineData(10)]
    [InlineData(-2 * 3600)]
    public async Task Every_ring_is_chimed_and_answered_aloud_and_no_visit_changes_its_length(double seconds)
    {
        var wall = new SetTime();
        await using var door = new FacelessDoor(SteadyTime.Of(wall));

        VisitRecord before = VisitOf(await door.RingAsync());
        // In the middle of a visit, which must not end two hours before it began.
        await door.BeginAsync();
        wall.Step = TimeSpan.FromSeconds(seconds);
        VisitRecord across = VisitOf(await door.AnsweredAsync());
        VisitRecord after = VisitOf(await door.RingAsync());
        await door.CloseAsync();

        VisitRecord[] answered = [before, across, after];
        Assert.All(answered, visit =>
            Assert.Contains(door.Voice.Said, said =>
                said.Visit == visit.Id && said.Text.Contains("cannot see a face", StringComparison.Ordinal)));
        Assert.DoesNotContain(door.Voice.Said, said => said.Text.Contains("no picture", StringComparison.Ordinal));
        // One chime for each press, those that belong to a visit that goes on among them.
        Assert.Equal(door.Doorbell.Presses, door.Voice.Chimes);
        Assert.All(door.Ended, visit => Assert.InRange(visit.EndedAt!.Value - visit.StartedAt, TimeSpan.Zero, FacelessDoor.Patience));
        TimeSpan shown = after.StartedAt - before.StartedAt;
        Assert.InRange(shown - TimeSpan.FromSeconds(seconds), TimeSpan.Zero, FacelessDoor.Patience);
    }

    private static VisitRecord VisitOf(VisitChanged answered) => answered.Happened.Visit;

    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }
}
