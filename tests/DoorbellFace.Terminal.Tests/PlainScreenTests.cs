using DoorbellFace.Terminal;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Terminal.Tests;

/// <summary>What a screen reader or a braille display is spared.</summary>
public sealed class PlainScreenTests
{
    [Theory]
    [InlineData(false, "TERM", "xterm-256color")]
    [InlineData(true, "TERM", "dumb")]
    [InlineData(true, "TERM", "")]
    [InlineData(true, "NO_COLOR", "1")]
    [InlineData(false, "NO_COLOR", "")]
    [InlineData(true, "DOORBELL_PLAIN", "1")]
    [InlineData(false, "DOORBELL_PLAIN", "0")]
    [InlineData(true, "BRLTTY_BRAILLE_DRIVER", "bm")]
    public void A_variable_makes_the_screen_plain(bool expected, string name, string value)
    {
        string? Variable(string asked) => asked == name ? value : asked == "TERM" ? "xterm-256color" : null;
        Assert.Equal(expected, PlainScreen.IsWanted(["doorbell", "enroll"], Variable, isRedirected: false));
    }

    [Fact]
    public void So_do_the_option_and_a_pipe()
    {
        Assert.True(PlainScreen.IsWanted(["doorbell", "enroll", "--plain"], name => name == "TERM" ? "xterm" : null, isRedirected: false));
        Assert.True(PlainScreen.IsWanted(["doorbell", "enroll"], name => name == "TERM" ? "xterm" : null, isRedirected: true));
    }

    [Fact]
    public void What_was_asked_for_once_is_remembered_until_it_is_taken_back()
    {
        string? Terminal(string name) => name == "TERM" ? "xterm" : null;

        Assert.True(PlainScreen.IsWanted(["doorbell", "enroll"], Terminal, isRedirected: false, isRemembered: true));
        Assert.False(PlainScreen.IsWanted(["doorbell", "enroll", "--no-plain"], Terminal, isRedirected: false, isRemembered: true));
    }

    [Fact]
    public void Plain_progress_is_a_line_at_the_beginning_one_every_ten_seconds_and_one_at_the_end()
    {
        var time = new FakeTimeProvider();
        var lines = new List<string>();
        var progress = new PlainProgress(lines.Add, time);
        for (int photo = 1; photo <= 30; photo++)
        {
            progress.Tell("looking at photos", photo, 30);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["looking at photos: 1 of 30", "looking at photos: 11 of 30", "looking at photos: 21 of 30",
            "looking at photos: 30 of 30"], lines);
        Assert.DoesNotContain(lines, line => line.Any(letter => letter > 126 || char.IsControl(letter)));
    }
}
