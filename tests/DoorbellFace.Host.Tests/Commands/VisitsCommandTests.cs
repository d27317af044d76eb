using System.CommandLine;
using System.Text.Json;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>The commands as they are called, with standard output caught.</summary>
[Collection(nameof(StandardOutput))]
public sealed class VisitsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_empty_folder_has_no_visits_and_stays_empty()
    {
        Assert.Equal("No visits yet.", Run("list"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void Lists_and_shows_visits_as_JSON()
    {
        VisitRecord visit = Keep(TestVisits.Ended(name: "Zoë"), withPicture: true);

        JsonElement listed = JsonDocument.Parse(Run("list", "--json")).RootElement.GetProperty("visits")[0];
        JsonElement shown = JsonDocument.Parse(Run("show", visit.Id.ToString()[^8..], "--json")).RootElement;

        foreach (JsonElement found in new[] { listed, shown })
        {
            Assert.Equal((visit.Id.Value, "Zoë", "known"),
                (found.GetProperty("id").GetGuid(), found.GetProperty("name").GetString(), found.GetProperty("outcome").GetString()));
            Assert.True(File.Exists(found.GetProperty("picture_path").GetString()));
        }
    }

    [Fact]
    public void Each_visit_is_one_line_with_its_id_whole_however_long_a_name_is()
    {
        VisitRecord visit =
            Keep(TestVisits.Ended(name: string.Concat(Enumerable.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 5)).Trim()));
        VisitRecord other = Keep(TestVisits.Ended(1));

        string[] lines = Run("list").Split(Environment.NewLine);

        Assert.Equal(3, lines.Length);
        Assert.Equal([.. ((VisitRecord[])[other, visit]).Select(kept => kept.Id.ToString()[^8..]).Order()],
            lines[1..].Select(line => line.Split(' ')[0]).Order());
        Assert.Contains(lines, line => line.Contains(visit.Name!, StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_a_visit_in_words_and_local_time()
    {
        VisitRecord visit = Keep(TestVisits.Ended());

        string words = Run("show", visit.Id.ToString());

        Assert.Contains($"Began:   {visit.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}, by ring (2 times)", words,
            StringComparison.Ordinal);
        Assert.Contains("Who:     Anna 0.97", words, StringComparison.Ordinal);
        Assert.Contains("Why:     5 of 6 frames agree.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Deletes_one_visit()
    {
        VisitRecord visit = Keep(TestVisits.Ended());
        Keep(TestVisits.Ended(1));

        Assert.Equal("1 visit deleted.", Run("delete", visit.Id.ToString()));
        Assert.Equal(1, JsonDocument.Parse(Run("list", "--json")).RootElement.GetProperty("visits").GetArrayLength());
        Assert.Throws<DoorbellException>(() => Run("delete", visit.Id.ToString()));
    }

    [Fact]
    public void Deletes_what_is_older_than_a_time()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Keep(TestVisits.Ended() with { StartedAt = now.AddDays(-31), EndedAt = now.AddDays(-31) });
        Keep(TestVisits.Ended() with { StartedAt = now.AddDays(-29), EndedAt = now.AddDays(-29) });

        Assert.Equal(1, JsonDocument.Parse(Run("delete", "--older-than", "30d", "--json")).RootElement.GetProperty("deleted").GetInt32());
        Assert.Equal("0 visits deleted.", Run("delete", "--older-than", "30d"));
    }

    [Fact]
    public void A_visit_that_goes_on_is_not_deleted()
    {
        using SqliteVisitStore running = SqliteVisitStore.Open(_folder.Root, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        VisitRecord visit = TestVisits.Open();
        running.Save(visit);

        var error = Assert.Throws<DoorbellException>(() => Run("delete", visit.Id.ToString()));

        Assert.Equal(ErrorKind.Refused, error.Kind);
        Assert.NotNull(running.Find(visit.Id));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("delete", "1a2b3c4d", "--older-than", "30d")]
    [InlineData("delete", "--older-than", "soon")]
    public void Wrong_usage_is_said(params string[] words) =>
        Assert.Equal(ExitCode.WrongUsage, Assert.Throws<UserErrorException>(() => Run(words)).ExitCode);

    [Fact]
    public void The_newest_visit_is_called_last()
    {
        Keep(TestVisits.Ended());
        VisitRecord newest = Keep(TestVisits.Ended(5));

        Assert.Contains(newest.Id.ToString(), Run("show", "last"), StringComparison.Ordinal);
        Assert.Throws<DoorbellException>(() => Run("list", "--count", "0"));
    }

    [Theory]
    [InlineData("12h", 12)]
    [InlineData("30d", 720)]
    [InlineData("2W", 336)]
    [InlineData("36500d", 876_000)]
    public void Ages_are_hours_days_or_weeks(string text, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), VisitsCommand.ParseAge(text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("30")]
    [InlineData("-1d")]
    [InlineData("0d")]
    [InlineData("1.5d")]
    [InlineData("36501d")]
    [InlineData("99999999999d")]
    public void Other_ages_are_refused(string text) => Assert.Throws<UserErrorException>(() => VisitsCommand.ParseAge(text));

    public void Dispose() => _folder.Dispose();

    private VisitRecord Keep(VisitRecord visit, bool withPicture = false)
    {
        using SqliteVisitStore store = SqliteVisitStore.Open(_folder.Root, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        if (withPicture) visit = visit with { PicturePath = store.Pictures.Save(visit, SmallPng.Bytes) };
        store.Save(visit);
        return visit;
    }

    private string Run(params string[] words) => StandardOutput.Of(VisitsCommand.Create(), [.. words, "--data", _folder.Root]);
}
