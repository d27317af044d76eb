using System.Text.RegularExpressions;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>The words of docs/style.md, in documents and sources.</summary>
public partial class StyleTests
{
    private const int LongestLine = 140;

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

    /// <summary>Tables, pictures and commands to be copied stay on one line in Markdown.</summary>
    [Fact]
    public void Lines_are_140_columns_at_most()
    {
        string[] wrong =
        [
            .. Files("*.cs").Concat(Files("*.c")).Concat(Files("*.h")).SelectMany(path => TooLong(path, File.ReadLines(path))),
            .. Files("*.md").Concat(Directory.EnumerateFiles(Repository.Root, "*.md")).SelectMany(path => TooLong(path, Prose(path))),
        ];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Take(20)));
    }

    private static IEnumerable<string> TooLong(string path, IEnumerable<string> lines) => lines
        .Where(line => line.Length > LongestLine)
        .Select(line => $"{Path.GetRelativePath(Repository.Root, path)}: {line}");

    private static IEnumerable<string> Prose(string path)
    {
        bool isCode = false;
        foreach (string line in File.ReadLines(path))
        {
            string text = line.TrimStart();
            if (text.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            else if (!isCode && !text.StartsWith('|') && !text.StartsWith("![", StringComparison.Ordinal)) yield return line;
        }
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
