using DoorbellFace.Application.Page;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.Page;

public class LoginLimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LoginLimit _limit;

    public LoginLimitTests() => _limit = new LoginLimit(_time);

    [Fact]
    public void Five_tries_in_a_minute_and_the_next_when_the_first_is_a_minute_old()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(_limit.Try("a"));
            _time.Advance(TimeSpan.FromSeconds(5));
        }
        Assert.Equal(TimeSpan.FromSeconds(35), _limit.Try("a"));
        Assert.Null(_limit.Try("b"));
        _time.Advance(TimeSpan.FromSeconds(35));
        Assert.Null(_limit.Try("a"));
        Assert.NotNull(_limit.Try("a"));
    }

    [Fact]
    public void Twenty_tries_in_an_hour()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(_limit.Try("a"));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(TimeSpan.FromMinutes(40), _limit.Try("a"));
        _time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(_limit.Try("a"));
    }

    [Fact]
    public void A_right_password_takes_its_tries_back()
    {
        for (int i = 0; i < 5; i++) _limit.Try("a");
        _limit.Forget("a");
        Assert.Null(_limit.Try("a"));
    }

    [Fact]
    public void A_thousand_addresses_are_no_household()
    {
        for (int i = 0; i < 1000; i++) Assert.Null(_limit.Try($"{i}"));
        Assert.NotNull(_limit.Try("one more"));
        Assert.Null(_limit.Try("0"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(_limit.Try("one more"));
    }
}
