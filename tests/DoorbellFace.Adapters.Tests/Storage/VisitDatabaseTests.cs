using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Storage;

/// <summary>Files that are older, newer, foreign or damaged.</summary>
public sealed class VisitDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(TestVisits.Noon);
    private readonly RecordingLogger _log = new();

    private string DatabasePath => _temporary[VisitDatabase.FileName];

    /// <summary>Files that older programs wrote, kept for good: tests/fixtures/stores/README.md says by which program and how.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_file_of_an_earlier_version_keeps_its_visits_and_learns_whose_they_are(int version)
    {
        File.Copy(Repository.Fixture($"stores/version-{version}/visits.db"), DatabasePath);
        File.Copy(Repository.Fixture($"stores/version-{version}/gallery.db"), _temporary[SqliteGalleryStore.FileName]);

        using SqliteVisitStore store = Open();

        using SqliteGalleryStore people = SqliteGalleryStore.Open(_temporary.Root, _log);
        Dictionary<string, PersonId> ids = people.Read("").ToDictionary(person => person.Name, person => person.Id);
        IReadOnlyList<VisitRecord> visits = store.Recent(10);
        Assert.Equal(["Anna", "Anna", "Ben"], visits.Select(visit => visit.Name));
        Assert.Equal([ids["Anna"], ids["Anna"], ids["Ben"]], visits.Select(visit => visit.Person!.Value));
        Assert.All(visits, visit => Assert.Equal(DoorId.Front, visit.Door));
        Assert.All(visits, visit => Assert.Empty(visit.Company));
        Assert.InRange(visits[0].Figures!.Similarity!.Value, 0.5f, 1);
        Assert.Null(visits[0].Figures!.Probability);
        Assert.Null(visits[0].Figures!.Score);
        using SqliteConnection raw = OpenRaw();
        Assert.Equal((long)VisitSchema.Steps.CurrentVersion, Scalar(raw, "SELECT max(version) FROM schema_version"));
    }

    [Fact]
    public void A_program_that_was_killed_between_the_steps_joins_names_and_people_the_next_time()
    {
        File.Copy(Repository.Fixture("stores/version-2/visits.db"), DatabasePath);
        using (SqliteConnection killed = OpenRaw()) VisitSchema.Steps.Migrate(killed, DatabasePath, VisitSchema.WithNamesAlone);
        File.Copy(Repository.Fixture("stores/version-2/gallery.db"), _temporary[SqliteGalleryStore.FileName]);

        using SqliteVisitStore store = Open();

        Assert.NotNull(store.Recent(1)[0].Person);
    }

    [Fact]
    public void A_newer_file_is_refused_and_left_as_it_is()
    {
        Open().Dispose();
        using (SqliteConnection raw = OpenRaw()) SqliteFile.Execute(raw, "INSERT INTO schema_version VALUES (99)");

        foreach (StoreAccess access in new[] { StoreAccess.Owner, StoreAccess.Guest })
        {
            var error = Assert.Throws<DoorbellException>(() => Open(access));
            Assert.Contains($"version 99, this program knows up to {VisitSchema.Steps.CurrentVersion}", error.Message,
                StringComparison.Ordinal);
        }
        using SqliteConnection after = OpenRaw();
        Assert.Equal(99L, Scalar(after, "SELECT max(version) FROM schema_version"));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        using (SqliteConnection raw = OpenRaw()) SqliteFile.Execute(raw, "CREATE TABLE recipes (name TEXT)");

        var error = Assert.Throws<DoorbellException>(() => Open());

        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a database at all")]
    [InlineData("damaged in the middle")]
    [InlineData("damaged at the end")]
    public void A_damaged_file_is_kept_aside_with_its_pictures_and_a_new_one_is_begun(string kind)
    {
        VisitRecord visit = TestVisits.Ended();
        using (SqliteVisitStore before = Open())
        {
            before.Save(visit with { PicturePath = before.Pictures.Save(visit, SmallPng.Bytes) });
            for (int i = 0; i < 50; i++) before.Save(TestVisits.Ended(i));
        }
        const int page = 4096;
        if (kind.StartsWith("damaged", StringComparison.Ordinal))
        {
            using FileStream file = File.OpenWrite(DatabasePath);
            file.Position = kind == "damaged at the end" ? file.Length - page : page;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray());
        }
        else
        {
            File.WriteAllText(DatabasePath, string.Concat(Enumerable.Repeat("This is not a database. ", 1000)));
        }
        byte[] damaged = File.ReadAllBytes(DatabasePath);

        using SqliteVisitStore store = Open();

        Assert.Empty(store.Recent(10));
        store.Save(visit);
        Assert.Single(store.Recent(10));
        string aside = Assert.Single(Directory.GetDirectories(_temporary.Root, "damaged-*"));
        Assert.Equal("damaged-20260803T120000", Path.GetFileName(aside));
        Assert.Equal(damaged, File.ReadAllBytes(Path.Combine(aside, VisitDatabase.FileName)));
        Assert.True(File.Exists(Path.Combine(aside, "pictures", "2026-08-03", $"{visit.Id}.png")));
        Assert.Contains(aside, Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_does_not_move_a_damaged_file_from_under_the_program_that_runs()
    {
        using OwnerLock? running = OwnerLock.TryTake(_temporary.Root);
        Assert.NotNull(running);
        File.WriteAllText(DatabasePath, string.Concat(Enumerable.Repeat("This is not a database. ", 1000)));

        var error = Assert.Throws<DoorbellException>(() => Open(StoreAccess.Guest));

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_temporary.Root));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_the_users_error()
    {
        File.WriteAllText(_temporary["file"], "in the way");

        var error = Assert.Throws<DoorbellException>(() => SqliteVisitStore.Open(_temporary["file/data"], StoreAccess.Owner, _time, _log));

        Assert.Equal(RemedyKey.ChooseDataFolder, error.Remedy!.Key);
    }

    public void Dispose() => _temporary.Dispose();

    private SqliteVisitStore Open(StoreAccess access = StoreAccess.Owner) => SqliteVisitStore.Open(_temporary.Root, access, _time, _log);

    private SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
}
