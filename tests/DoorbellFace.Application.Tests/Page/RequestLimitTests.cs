using DoorbellFace.Application.Page;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.Page;

public class RequestLimitTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void So_many_in_any_minute_and_each_for_themselves()
    {
        var limit = new RequestLimit(3, _clock);
        Assert.Null(limit.Try("one"));
        Wait(40);
        Assert.Null(limit.Try("one"));
        Assert.Null(limit.Try("one"));
        Assert.Equal(TimeSpan.FromSeconds(20), limit.Try("one"));
        Assert.Null(limit.Try("other"));
        Wait(20);
        Assert.Null(limit.Try("one"));
        Assert.Equal(TimeSpan.FromSeconds(40), limit.Try("one"));
    }

    [Fact]
    public void Whoever_comes_under_a_thousand_names_is_not_let_in_under_another_and_is_forgotten()
    {
        var limit = new RequestLimit(3, _clock);
        for (int i = 0; i < 1000; i++) Assert.Null(limit.Try($"{i}"));
        Assert.NotNull(limit.Try("one more"));
        Assert.Null(limit.Try("7"));
        Wait(60);
        Assert.Null(limit.Try("one more"));
    }

    private void Wait(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
