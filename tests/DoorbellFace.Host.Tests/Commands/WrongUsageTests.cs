using System.CommandLine;
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
    [InlineData("There is no fault 'wire-d8=stuck'; there are unplug-camera, no-xclk,", "simulate", "--photos", "PHOTOS", "--fault",
        "wire-d8=stuck")]
    [InlineData("There is no fault 'wire-d3=wet'; there are unplug-camera, no-xclk,", "simulate", "--photos", "PHOTOS", "--fault",
        "wire-d3=wet")]
    [InlineData("--seed is 1 to 1000000; it was 0.", "demo", "--seed", "0")]
    [InlineData("--seed is 1 to 1000000; it was 1000001.", "demo", "--seed", "1000001")]
    [InlineData("There is no option --colour.", "ports", "--colour")]
    [InlineData("--noise is a number, such as 0.5; it was '0,001'.", "simulate", "--photos", ".", "--noise", "0,001")]
    [InlineData("--noise is a number, such as 0.5; it was '7,5'.", "simulate", "--photos", ".", "--noise", "7,5")]
    [InlineData("--noise is a number, such as 0.5; it was 'NaN'.", "simulate", "--photos", ".", "--noise", "NaN")]
    [InlineData("--seconds is a number, such as 0.5; it was '1,5'.", "record", "x.dbr", "--seconds", "1,5")]
    [InlineData("--baud is a whole number up to 2147483647; it was '9,600'.", "run", "--baud", "9,600")]
    [InlineData("There is no option --photo. Did you mean --photos?", "enroll", "Anna", "--photo", "anna.jpg")]
    [InlineData("There is no option --photo. Did you mean --photos?", "enrol", "Anna", "--photo", "anna.jpg")]
    [InlineData("There is no command 'lst'. Did you mean list?", "people", "lst")]
    [InlineData("There is no command 'peolpe'. Did you mean people?", "peolpe")]
    [InlineData("--wear is one of mask, cap, dark-glasses; it was 'hat'.", "evaluate", "detection", "--faces", ".", "--wear", "cap", "hat")]
    [InlineData("--people is 5; expected 1 to 4.", "evaluate", "detection", "--faces", ".", "--people", "5")]
    [InlineData("--light is one of photo, day, night; it was 'dusk'.", "evaluate", "detection", "--faces", ".", "--light", "dusk")]
    [InlineData("--frames is 21; expected 1 to 20.", "evaluate", "look-alikes", "--data", ".", "--camera", "56", "--frames", "21")]
    [InlineData("--teacher-in-colour needs --teacher", "evaluate", "look-alikes", "--data", ".", "--teacher-in-colour")]
    [InlineData("--frames is 5, and a photo as it is has one.", "evaluate", "look-alikes", "--data", ".", "--frames", "5")]
    [InlineData("One of these is missing: detection, identification", "evaluate")]
    public async Task Is_said_and_ends_with_2(string sentence, params string[] words)
    {
        (int exitCode, string said) = await RunAsync(words);

        Assert.Equal((int)ExitCode.WrongUsage, exitCode);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    /// <summary>
    /// Every option of every command that takes a number with a point, so that none has a reader of its own that takes a comma.
    /// </summary>
    [Fact]
    public async Task No_option_of_any_command_takes_a_comma_for_a_point()
    {
        (string[] Path, Option Option)[] numbers = [.. Leaves([], CommandList.CreateRoot())
            .SelectMany(leaf => leaf.Command.Options.Where(option => IsNumber(option.ValueType)).Select(option => (leaf.Path, option)))];
        Assert.NotEmpty(numbers);
        foreach ((string[] path, Option option) in numbers)
        {
            (int exitCode, string said) = await RunAsync([.. path, option.Name, "0,001"]);

            Assert.Equal((int)ExitCode.WrongUsage, exitCode);
            Assert.Contains($"{option.Name} is a number, such as 0.5; it was '0,001'.", said, StringComparison.Ordinal);
        }

        static bool IsNumber(Type type) =>
            (Nullable.GetUnderlyingType(type) ?? type) is { } plain && (plain == typeof(double) || plain == typeof(float));
        static IEnumerable<(string[] Path, Command Command)> Leaves(string[] path, Command command) => command.Subcommands.Count == 0
            ? [(path, command)]
            : command.Subcommands.SelectMany(sub => Leaves([.. path, sub.Name], sub));
    }

    /// <summary>
    /// An option of a type with names of the program's own would show them in its help, and take them: "[default: Haar]".
    /// </summary>
    [Fact]
    public void No_option_of_any_command_shows_a_word_that_is_not_typed_like_that()
    {
        Option[] options = [.. All(CommandList.CreateRoot()).SelectMany(command => command.Options)];

        Assert.NotEmpty(options);
        Assert.DoesNotContain(options, option => (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType).IsEnum);

        static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Append(command);
    }

    [Theory]
    [InlineData("people")]
    [InlineData("visits")]
    public async Task A_group_alone_lists_and_with_help_explains_itself(string group)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((0, ""), await RunAsync(group, "--data", folder["data"]));
        Assert.Equal((0, ""), await RunAsync(group, "--help"));
        Assert.False(Directory.Exists(folder["data"]));
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
