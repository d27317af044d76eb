using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.Doors;

/// <summary>A clock on the wall that is set by hand, while the computer's own timer goes on.</summary>
public class SteadyTimeTests
{
    [Theory]
    [InlineData(2 * 3600)]
    [InlineData(10)]
    [InlineData(-2 * 3600)]
    public void A_clock_that_is_set_changes_only_what_is_shown(double seconds)
    {
        var wall = new SteppedTime();
        var steady = SteadyTime.Of(wall);
        DateTimeOffset before = steady.GetUtcNow();

        wall.Timer.Advance(TimeSpan.FromSeconds(3));
        wall.Step = TimeSpan.FromSeconds(seconds);

        Assert.Equal(before.AddSeconds(3), steady.GetUtcNow());
        Assert.Equal(before.AddSeconds(3 + seconds), steady.Shown(steady.GetUtcNow()));
    }

    [Fact]
    public void A_clock_that_is_disciplined_a_little_is_not_one_that_is_set()
    {
        var wall = new SteppedTime();
        var steady = SteadyTime.Of(wall);
        wall.Step = TimeSpan.FromMilliseconds(300);

        Assert.Equal(TimeSpan.Zero, steady.WallAhead);
    }

    [Fact]
    public void The_steady_clock_of_a_steady_clock_is_that_clock()
    {
        var steady = SteadyTime.Of(TimeProvider.System);

        Assert.Same(steady, SteadyTime.Of(steady));
    }

    /// <summary>What the door says of its cable, once, and once when it is back.</summary>
    [Fact]
    public void A_cable_that_is_out_is_spoken_of_once_and_so_is_its_return()
    {
        DateTimeOffset start = TestVisits.Noon;
        var watch = new LinkWatch(start);
        Assert.Null(watch.Hear(new LinkDown(start, LinkFault.NoPort, "There is no port.")));
        Assert.Null(watch.Tick(start.AddSeconds(10)));

        Assert.Contains("cable is out", watch.Tick(start.AddSeconds(16))!.Text, StringComparison.Ordinal);
        Assert.Null(watch.Tick(start.AddDays(7)));
        Assert.Equal("The doorbell is back.", watch.Hear(new LinkUp(start.AddDays(7), "/dev/ttyACM0", null))!.Text);
        Assert.Null(watch.Hear(new LinkUp(start.AddDays(8), "/dev/ttyACM0", null)));
    }

    [Theory]
    [InlineData(LinkFault.WrongVersion, "does not fit")]
    [InlineData(LinkFault.HeldByAnother, "Another program")]
    [InlineData(LinkFault.WentSilent, "does not answer")]
    public void Other_faults_have_sentences_of_their_own(LinkFault fault, string words)
    {
        var watch = new LinkWatch(TestVisits.Noon);
        watch.Hear(new LinkDown(TestVisits.Noon, fault, "Why."));

        Assert.Contains(words, watch.Tick(TestVisits.Noon.AddMinutes(1))!.Text, StringComparison.Ordinal);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public FakeTimeProvider Timer { get; } = new(TestVisits.Noon);

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => Timer.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Timer.GetUtcNow() + Step;

        public override long GetTimestamp() => Timer.GetTimestamp();
    }
}
