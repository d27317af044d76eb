using DoorbellFace.Application.Doors;

namespace DoorbellFace.Application.Tests.Doors;

public class RemarkFilterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void A_few_remarks_a_minute_pass_and_the_others_are_counted_with_the_next()
    {
        var filter = new RemarkFilter();

        string?[] flood = [.. Enumerable.Range(0, 1000).Select(i => filter.Pass($"remark {i}", Start.AddMilliseconds(i)))];
        string? next = filter.Pass("later", Start.AddSeconds(61));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"remark {i}"), flood.OfType<string>());
        Assert.Equal("later (980 more remarks were left out)", next);
        Assert.Equal("and again", filter.Pass("and again", Start.AddSeconds(62)));
    }

    [Fact]
    public void A_healthy_device_is_never_cut_short()
    {
        var filter = new RemarkFilter();

        for (int minute = 0; minute < 60; minute++)
            for (int i = 0; i < 20; i++) Assert.Equal("ready", filter.Pass("ready", Start.AddMinutes(minute).AddSeconds(i)));
    }
}
