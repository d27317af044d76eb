using System.Globalization;
using DoorbellFace.Core.Rules;

namespace DoorbellFace.Core.Tests.Rules;

public class WeeklyTimesTests
{
    /// <summary>29 November 2026 is a Sunday.</summary>
    private static readonly DateTime Sunday = new(2026, 11, 29);

    [Theory]
    [InlineData("22:00-7:00", 0, "21:59", false)]
    [InlineData("22:00-7:00", 0, "22:00", true)]
    [InlineData("22:00-7:00", 1, "06:59", true)]
    [InlineData("22:00-7:00", 1, "07:00", false)]
    [InlineData("fri 22:00-6:00", 5, "23:00", true)]
    [InlineData("fri 22:00-6:00", 6, "05:59", true)]
    [InlineData("fri 22:00-6:00", 5, "05:59", false)]
    [InlineData("fri 22:00-6:00", 6, "22:00", false)]
    [InlineData("sat 22-7", 0, "06:00", true)]
    [InlineData("mon-fri 8:00-18:00", 0, "12:00", false)]
    [InlineData("mon-fri 8:00-18:00", 5, "17:59", true)]
    [InlineData("mon-fri 8:00-18:00", 5, "18:00", false)]
    [InlineData("sat-mon", 0, "00:00", true)]
    [InlineData("sat-mon", 2, "00:00", false)]
    [InlineData("Saturday sun", 6, "23:59", true)]
    [InlineData("0:00-24:00", 3, "23:59", true)]
    [InlineData("mon 8-9, wed 20-21", 3, "20:30", true)]
    [InlineData("mon 8-9, wed 20-21", 1, "20:30", false)]
    [InlineData("mon 8:00-8:00", 2, "07:59", true)]
    [InlineData("mon 8:00-8:00", 2, "08:00", false)]
    public void A_time_is_among_them_or_not(string times, int daysAfterSunday, string clock, bool expected) =>
        Assert.Equal(expected,
            WeeklyTimes.TryParse(times)!.Contains(Sunday.AddDays(daysAfterSunday)
            + TimeSpan.Parse(clock, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("22:00-7:00", "00:00", "22:00")]
    [InlineData("sat 21-24, sun 0-7", "00:00", "21:00")]
    [InlineData("mon-sun", "00:00", "00:00")]
    [InlineData("0:00-7:00", "00:00", null)]
    [InlineData("22:00-7:00", "12:00", null)]
    public void What_goes_on_began_some_time_within_the_day_before(string times, string clock, string? expected) => Assert.Equal(
        expected, WeeklyTimes.TryParse(times)!.BeganBefore(Sunday + TimeSpan.Parse(clock, CultureInfo.InvariantCulture))
            ?.ToString("HH:mm", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("at night")]
    [InlineData("25:00-7:00")]
    [InlineData("22:60-7:00")]
    [InlineData("24:00-7:00")]
    [InlineData("22:00")]
    [InlineData("22:00-7:00-8:00")]
    [InlineData("mon-")]
    [InlineData("mo 8-9")]
    [InlineData("mon 8-9,")]
    [InlineData("8-9 mon")]
    public void What_is_no_time_is_refused(string text) => Assert.Null(WeeklyTimes.TryParse(text));

    [Theory]
    [InlineData("22-7", "22:00-7:00")]
    [InlineData("monday-wed 8:05-9", "mon tue wed 8:05-9:00")]
    [InlineData("sat sun", "sat sun")]
    [InlineData("mon 8-9, fri", "mon 8:00-9:00, fri")]
    [InlineData("sun-sat", "0:00-24:00")]
    public void They_are_written_as_they_are_read(string text, string written)
    {
        Assert.Equal(written, WeeklyTimes.TryParse(text)!.ToString());
        Assert.Equal(written, WeeklyTimes.TryParse(written)!.ToString());
    }
}
