using System.Text;
using System.Text.Json;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Host.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>The commands as they are typed, on a data folder with Anna and Ben.</summary>
[Collection(nameof(StandardOutput))]
public sealed class RulesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PersonId _anna = new(Guid.CreateVersion7()), _ben = new(Guid.CreateVersion7());

    public RulesCommandTests()
    {
        using IGalleryStore store = new SqlitePeopleStorage(_folder.Root, NullLogger.Instance).Open();
        store.Apply(new GalleryChange { Named = new Dictionary<PersonId, string> { [_anna] = "Anna", [_ben] = "Ben" } });
    }

    private string RulesFile => _folder["rules.json"];

    [Fact]
    public void Without_rules_that_is_what_is_shown_and_no_file_is_made()
    {
        Assert.Equal("There are no rules: everything is said.", Run("show"));
        Assert.False(File.Exists(RulesFile));
    }

    [Fact]
    public void What_is_set_is_shown_in_words_and_can_be_taken_back()
    {
        Run("set", "quiet", "22:00-7:00");
        Run("set", "quiet-chime", "soft");
        Run("set", "quiet-except", "ben,", "Anna");
        Run("set", "strangers", "chime");
        Run("set", "uncertain", "chime");
        Run("set", "repeat", "10");
        Run("set", "again", "30");
        Run("set", "volume", "60");
        Run("person", "anna", "sentence", "The", "nurse", "is", "here");
        Run("person", "Anna", "say-as", "Ahna");
        Run("person", "Ben", "silent", "yes");
        Run("person", "Ben", "only", "mon-fri", "8-18,", "sat");

        string shown = Run("show");

        foreach (string line in (string[])
        [
            "Quiet hours: every day from 22:00 to 7:00 of the next day. No name is spoken; "
            + "./doorbell today and visits tell later who came.",
            "In quiet hours the chime is soft.",
            "Announced in quiet hours all the same: Ben, Anna.",
            "Volume: 60 percent.",
            "Strangers: only the chime.",
            "People who are not certain: only the chime.",
            "Whoever was announced and does not ring is announced again after 10 minutes at the earliest.",
            "What is said of a ring is said once more after 30 seconds.",
            "Anna is announced with: The nurse is here.",
            "Anna is pronounced: Ahna",
            "Ben is never announced. A ring still chimes.",
            "Ben is announced only Monday, Tuesday, Wednesday, Thursday, Friday from 8:00 to 18:00, and Saturday.",
        ]) Assert.Contains(line, shown.Split(Environment.NewLine));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RulesFile));

        foreach (string what in RulesEdit.ForEverybody.Where(what => what is not "quiet-chime" and not "quiet-except"))
            Run("set", what, "usual");
        Assert.Equal("Anna: no rules of their own.", Run("person", "Anna", "usual"));
        Assert.Equal("Ben is never announced. A ring still chimes.", Run("person", "Ben", "only", "usual"));
        Run("person", "Ben", "silent", "no");
        Assert.Equal("There are no rules: everything is said.", Run("show"));
    }

    [Theory]
    [InlineData("set", "quiet", "at", "night")]
    [InlineData("set", "quiet-chime", "soft")]
    [InlineData("set", "volume", "5")]
    [InlineData("set", "volume", "101")]
    [InlineData("set", "repeat", "0")]
    [InlineData("set", "again", "4")]
    [InlineData("set", "strangers", "maybe")]
    [InlineData("set", "loudness", "5")]
    [InlineData("person", "Carla", "silent", "yes")]
    [InlineData("person", "Anna", "silent", "perhaps")]
    [InlineData("person", "Anna", "silent")]
    [InlineData("person", "Anna", "sentence")]
    [InlineData("person", "Anna", "colour", "red")]
    [InlineData("test", "--person", "Carla")]
    [InlineData("test", "--at", "Someday 22:30")]
    public void What_is_impossible_is_refused_and_nothing_is_written(params string[] words)
    {
        Assert.Throws<DoorbellException>(() => Run(words));
        Assert.False(File.Exists(RulesFile));
    }

    [Fact]
    public void The_test_says_what_would_be_heard_and_why()
    {
        Run("set", "quiet", "22-7");
        Run("set", "quiet-chime", "off");
        Run("set", "quiet-except", "Ben");
        Run("person", "Ben", "sentence", "The nurse is here.");

        Assert.Equal(
            Lines("Sunday, 22:30.", "The chime: off, because of quiet hours.", "Anna: not announced, because it is quiet hours.",
                "No sentence is heard; the visit is kept."),
            Run("test", "--person", "Anna", "--at", "Sun 22:30"));
        Assert.Equal(
            Lines("Monday, 6:59.", "The chime: off, because of quiet hours.", "Anna: not announced, because it is quiet hours.",
                "Ben: announced, because quiet hours make an exception for them.", "The sentence: The nurse is here."),
            Run("test", "--person", "Anna", "--person", "Ben", "--at", "mon 6:59"));
        Assert.Equal(
            Lines("Monday, 7:00.", "The chime: as usual.", "Anna: announced, because no rule is against it.",
                "A stranger: announced, because no rule is against it.",
                "The sentence: Anna ist an der Tür, mit einer unbekannten Person."),
            Run("test", "--person", "Anna", "--stranger", "--at", "mon 7", "--language", "de"));

        JsonElement json =
            StandardOutput.JsonOf(RulesCommand.Create(), "test", "--uncertain", "Anna", "--seen", "--at", "Mon 12:00", "--json", "--data",
                _folder.Root);
        Assert.Equal((0, "It may be Anna at the door. I am not sure."),
            (json.GetProperty("chime_percent").GetInt32(), json.GetProperty("sentence").GetString()));
    }

    [Theory]
    [InlineData("Sun 22:30", "2026-12-06T22:30")]
    [InlineData("Tue 0:00", "2026-12-01T00:00")]
    [InlineData("Mon 7", "2026-11-30T07:00")]
    [InlineData("23:59", "2026-11-30T23:59")]
    public void A_time_is_the_next_of_its_day(string text, string expected) =>
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            RulesTest.TimeOf(text, new DateTime(2026, 11, 30, 12, 0, 0)));

    /// <summary>On the bytes of the file: neither an id nor what was said of them is left.</summary>
    [Fact]
    public void Nothing_of_a_person_who_is_removed_is_left_in_the_rules()
    {
        Run("set", "quiet", "22-7");
        Run("set", "quiet-except", "Anna,", "Ben");
        Run("person", "Anna", "sentence", "The nurse is here.");
        Run("person", "Anna", "say-as", "Ahna");
        Assert.All((string[])[_anna.ToString(), "nurse", "Ahna"], words => Assert.True(IsInFile(words)));

        StandardOutput.Of(PeopleCommand.Create(), "remove", "Anna", "--yes", "--data", _folder.Root);

        Assert.All((string[])[_anna.ToString(), "nurse", "Ahna", "Anna"], words => Assert.False(IsInFile(words)));
        Assert.True(IsInFile(_ben.ToString()));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Root), file =>
            Path.GetFileName(file).StartsWith("rules.json.", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_follow_a_rename_by_themselves_and_a_merge_moves_them()
    {
        Run("person", "Anna", "sentence", "The nurse is here.");
        StandardOutput.Of(PeopleCommand.Create(), "rename", "Anna", "Annette", "--data", _folder.Root);
        Assert.Equal("Annette is announced with: The nurse is here.", Run("show"));

        StandardOutput.Of(PeopleCommand.Create(), "merge", "Annette", "Ben", "--yes", "--data", _folder.Root);

        Assert.Equal("Ben is announced with: The nurse is here.", Run("show"));
        Assert.False(IsInFile(_anna.ToString()));
    }

    [Fact]
    public void Rules_that_cannot_be_read_keep_a_person_until_they_are_mended_or_taken_back()
    {
        File.WriteAllText(RulesFile, $$"""{ "people": { "{{_anna}}": { "sentense": "The nurse is here." } } }""");

        DoorbellException refused =
            Assert.Throws<DoorbellException>(() =>
                StandardOutput.Of(PeopleCommand.Create(), "remove", "Anna", "--yes", "--data", _folder.Root));
        Assert.Contains("sentense is no rule", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Anna", StandardOutput.Of(PeopleCommand.Create(), "list", "--data", _folder.Root), StringComparison.Ordinal);

        Run("clear", "--yes");
        StandardOutput.Of(PeopleCommand.Create(), "remove", "Anna", "--yes", "--data", _folder.Root);
        Assert.False(IsInFile(_anna.ToString()));
    }

    public void Dispose() => _folder.Dispose();

    private string Run(params string[] words) => StandardOutput.Of(RulesCommand.Create(), [.. words, "--data", _folder.Root]);

    private bool IsInFile(string words) => File.ReadAllBytes(RulesFile).AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    private static string Lines(params string[] lines) => string.Join(Environment.NewLine, lines);
}
