using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>Wrong use of a command is said in words that a user knows, never in those of the program.</summary>
[Collection(nameof(StandardOutput))]
public class WrongUsageTests
{
    [Theory]
    [InlineData("--baud is a whole number up to 2147483647; it was 'fast'.", "run", "--baud", "fast")]
    [InlineData("--sound is one of auto, card, wav, none; it was 'loud'.", "run", "--sound", "loud")]
    [InlineData("--noise is a number, such as 0.5; it was 'much'.", "simulate", "--photos", ".", "--noise", "much")]
    [InlineData("--seed is 1 to 1000000; it was 0.", "demo", "--seed", "0")]
    [InlineData("--seed is 1 to 1000000; it was 1000001.", "demo", "--seed", "1000001")]
    [InlineData("There is no option --colour.", "ports", "--colour")]
    public async Task Is_said_and_ends_with_2(string sentence, params string[] words)
    {
        (int exitCode, string said) = await RunAsync(words);

        Assert.Equal((int)ExitCode.WrongUsage, exitCode);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_ends_with_3()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "");

        (int exitCode, string said) = await RunAsync("demo", "--out", folder["file/inside"]);

        Assert.Equal((int)ExitCode.BadInput, exitCode);
        Assert.Contains(folder["file"], said, StringComparison.Ordinal);
        Assert.Contains("may this user write there", said, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(params string[] words)
    {
        TextWriter before = Console.Error;
        using var caught = new StringWriter();
        Console.SetError(caught);
        try
        {
            int exitCode = await CommandRunner.RunAsync(CommandList.CreateRoot(), words);
            return (exitCode, caught.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
