using DoorbellFace.Terminal;

namespace DoorbellFace.Terminal.Tests;

public class QuestionTests
{
    [Theory]
    [InlineData("y\n", false, true)]
    [InlineData("YES\n", false, true)]
    [InlineData("n\n", true, false)]
    [InlineData("\n", true, true)]
    [InlineData("\n", false, false)]
    [InlineData("", false, false)]
    [InlineData("perhaps\n\n", false, false)]
    [InlineData("perhaps\ny\n", false, true)]
    public void An_answer_is_yes_or_no_and_anything_else_is_asked_again(string typed, bool isYesUsual, bool expected)
    {
        using var words = new StringWriter();

        Assert.Equal(expected, Question.Ask("Forget Anna?", isYesUsual, new StringReader(typed), words));

        Assert.StartsWith(isYesUsual ? "Forget Anna? [Y/n] " : "Forget Anna? [y/N] ", words.ToString(), StringComparison.Ordinal);
        Assert.Equal(typed.StartsWith('p'), words.ToString().Contains("Please answer", StringComparison.Ordinal));
    }
}
