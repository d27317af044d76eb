using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Composition;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>What the documents say can be typed: every command and option of theirs is one, and every link leads somewhere.</summary>
public partial class DocumentsTests
{
    /// <summary>What the launcher does itself.</summary>
    private static readonly string[] OfTheLauncher = ["test", "build", "install-needs", "version"];

    /// <summary>Of enroll; understood, and named nowhere.</summary>
    private const string OtherSpelling = "enrol";

    public static TheoryData<string> Documents =>
        [.. ((string[])["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", .. Files("docs"), .. Files("hardware"),
            .. Files("firmware"), .. Files("models"), .. Files("host")])];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_and_option_that_is_named_is_one(string document)
    {
        string[] launched = Launched();
        Command root = CommandList.CreateRoot();
        var wrong = new List<string>();
        foreach (Match use in Use().Matches(Read(document)))
        {
            string name = use.Groups["command"].Value;
            if (name == "help" || OfTheLauncher.Contains(name)) continue;
            if (!launched.Contains(name)) wrong.Add($"./doorbell {name}");
            Command? command = root.Subcommands.FirstOrDefault(known => known.Name == name);
            foreach (string option in OptionName().Matches(use.Groups["rest"].Value).Select(match => match.Value))
            {
                bool isKnown = command is null
                    ? SourcesOutsideTheHost.Value.Contains($"\"{option}\"", StringComparison.Ordinal)
                    : OptionsOf(command).Contains(option);
                if (!isKnown && option != "--help") wrong.Add($"./doorbell {name} {option}");
            }
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        IEnumerable<string> targets = Link().Matches(Read(document)).Select(link => link.Groups[1].Value);
        Assert.DoesNotContain(targets, target =>
            !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target)));
    }

    [Fact]
    public void The_list_of_commands_the_help_and_the_launcher_know_the_same_commands()
    {
        string[] launched = [.. Launched().Except([OtherSpelling]).Append("test").Order()];
        using Process help =
            Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "doorbell"), ["help"]) { RedirectStandardOutput = true })!;
        string helped = help.StandardOutput.ReadToEnd();
        help.WaitForExit();

        Assert.Equal(0, help.ExitCode);
        Assert.Equal(launched.Union(OfTheLauncher).Order(),
            HelpLine().Matches(helped).Select(line => line.Groups[1].Value).Distinct().Order());
        string table = Read("docs/commands.md");
        Assert.DoesNotContain(launched, name => !Regex.IsMatch(table, $@"`{name}\b"));
        Assert.Empty(CommandList.CreateRoot().Subcommands.Select(command => command.Name).Except(launched));
    }

    /// <summary>Types in backquotes, such as `VisitTracker` or `Application/Doors/SteadyTime`, are types or files that there are.</summary>
    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/code-flow.md")]
    [InlineData("docs/events.md")]
    public void Every_type_that_is_named_is_one(string document)
    {
        string sources = AllSources.Value;
        string[] wrong =
            [.. TypeName().Matches(Read(document)).Select(match => match.Groups[1].Value).Distinct()
                .Where(name => !Regex.IsMatch(sources, $@"\b{name}\b"))];

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_setting_is_described_with_its_variable()
    {
        string page = Read("docs/settings.md");
        string[] described = [.. SettingRow().Matches(page).Select(row => row.Groups[1].Value)];

        Assert.Equal(RunSettings.Names.Order(), described.Order());
        Assert.All(RunSettings.Names, name =>
            Assert.Contains($"`{RunSettings.EnvironmentPrefix}{name.ToUpperInvariant().Replace(".", "__", StringComparison.Ordinal)}`",
                page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_build_machine_runs_the_READMEs_test_command()
    {
        Assert.Contains("./doorbell test", Read("README.md"), StringComparison.Ordinal);
        Assert.EndsWith("./doorbell test\n", Read(".ci/run"), StringComparison.Ordinal);
    }

    private static Lazy<string> AllSources { get; } = new(() => string.Concat(
        ((string[])["host", "trainer", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("DocumentsTests", StringComparison.Ordinal)).Select(File.ReadAllText)));

    private static Lazy<string> SourcesOutsideTheHost { get; } = new(() => string.Concat(
        ((string[])["trainer", "benchmarks"]).SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
                .Select(File.ReadAllText)));

    /// <summary>The commands in the launcher's list, but for its own.</summary>
    private static string[] Launched() =>
        [.. Case().Matches(Read("doorbell")).SelectMany(line => line.Groups[1].Value.Split('|')).Select(name => name.Trim())];

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionsOf));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/build/", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>A use of the launcher, up to the end of the code it stands in.</summary>
    [GeneratedRegex(@"\./doorbell (?<command>[a-z][a-z-]*)(?<rest>[^`\n#|]*)")]
    private static partial Regex Use();

    /// <summary>The last word of a path or of a member access in backquotes, if it looks like a type.</summary>
    [GeneratedRegex(@"`(?:[\w/]+/)?([A-Z][a-z]+[A-Z]\w+)(?:\.\w+)?`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^\| `([a-z0-9_.]+)` \| `DOORBELL_", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex("--[a-z][a-z-]*")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^  ([a-z][a-z |-]*)\)(?: shift;)? run_(?:program|built)", RegexOptions.Multiline)]
    private static partial Regex Case();

    [GeneratedRegex(@"^  \./doorbell ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex HelpLine();
}
