using System.Text.RegularExpressions;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>The words of docs/style.md, in documents and sources.</summary>
public partial class StyleTests
{
    private static readonly string[] Folders = ["docs", "hardware", "host", "models", "trainer", "benchmarks", "firmware", "tests"];

    [Fact]
    public void Nobody_writes_words_that_a_native_technical_writer_would_not()
    {
        string[] wrong =
        [
            .. Files("*.md").Concat(Files("*.cs")).Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
                .Where(path => Path.GetFileName(path) is not ("style.md" or "StyleTests.cs"))
                .SelectMany(path => File.ReadLines(path).Select((text, index) => (Path: path, Text: text, Number: index + 1)))
                .Where(line => Banned().IsMatch(line.Text))
                .Select(line => $"{Path.GetRelativePath(Repository.Root, line.Path)}:{line.Number}: {line.Text.Trim()}"),
        ];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Take(20)));
    }

    /// <summary>
    /// A command that is printed can be typed as it stands there, also where a path has blanks: paths and names go through ShellWords.
    /// </summary>
    [Fact]
    public void Whoever_prints_a_command_quotes_what_a_shell_would_take_apart()
    {
        string[] wrong =
        [
            .. Files("*.cs").Where(path =>
                path.Contains("/host/", StringComparison.Ordinal) || path.Contains("/trainer/", StringComparison.Ordinal))
                .SelectMany(path => File.ReadLines(path).Select(text => (Path: path, Text: text)))
                .Where(line => UnquotedInCommand().IsMatch(line.Text))
                .Select(line => $"{Path.GetFileName(line.Path)}: {line.Text.Trim()}"),
        ];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Take(20)));
    }

    private static IEnumerable<string> Files(string pattern) => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories))
        .Where(path => !path.Contains("/build/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(likest|liker|anew|so-manieth|whosever|bettered|gone on from)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Banned();

    /// <summary>"./doorbell train {output}", but not "./doorbell train {ShellWords.Quote(output)}".</summary>
    [GeneratedRegex(@"\./doorbell [a-z][^""{.]*\{[A-Za-z.]*([Pp]ath|[Ff]older|[Pp]hotos|faces|output|directory|Model|Checkpoint|name)\}",
        RegexOptions.None)]
    private static partial Regex UnquotedInCommand();
}
