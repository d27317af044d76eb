using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Adapters.Tests.Speech;

public class CoolDownTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, true)]
    [InlineData(59.999, true)]
    [InlineData(60, false)]
    [InlineData(-5, true)]
    public void Runs_from_the_start_to_just_before_its_end(double secondsLater, bool isRunning)
    {
        var coolDown = new CoolDown(TimeSpan.FromSeconds(60));
        coolDown.Begin("Anna", Noon);

        Assert.Equal(isRunning, coolDown.IsRunning("Anna", Noon.AddSeconds(secondsLater)));
        Assert.False(coolDown.IsRunning("anna", Noon));
    }

    [Fact]
    public void None_at_all_when_its_length_is_nothing()
    {
        var coolDown = new CoolDown(TimeSpan.Zero);
        coolDown.Begin("Anna", Noon);

        Assert.False(coolDown.IsRunning("Anna", Noon));
    }

    [Fact]
    public void Many_visitors_do_not_make_it_forget_a_recent_one()
    {
        var coolDown = new CoolDown(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 1000; i++) coolDown.Begin($"{i}", Noon.AddSeconds(i));

        Assert.Equal(60, Enumerable.Range(0, 1000).Count(i => coolDown.IsRunning($"{i}", Noon.AddSeconds(999))));
    }
}
