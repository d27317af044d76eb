using System.Text;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class SqliteVisitStoreTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(TestVisits.Noon.AddMinutes(1));
    private readonly RecordingLogger _log = new();

    private string Folder => _temporary["data/visits"];

    [Fact]
    public void Gives_back_every_field_as_it_was_kept()
    {
        VisitRecord visit = TestVisits.Ended(name: "Zoë Müller") with
        {
            PicturePath = "pictures/2026-08-03/x.png",
            Company =
            [
                new Visitor(VisitOutcome.Uncertain, new PersonId(Guid.NewGuid()), "Ben",
                    new MatchFigures { Similarity = 0.4f, Score = 0.2f }, 3, "Perhaps."),
                new Visitor(VisitOutcome.Unknown, null, null, null, 2, "Nobody."),
            ],
        };

        using (SqliteVisitStore store = Open()) store.Save(visit);

        using SqliteVisitStore reopened = Open();
        VisitRecord found = reopened.Find(visit.Id)!;
        Assert.Equal(visit.Reasons, found.Reasons);
        Assert.Equal(visit.Company, found.Company);
        Assert.Equal(visit, found with { Reasons = visit.Reasons, Company = visit.Company });
    }

    [Fact]
    public void A_visit_in_company_is_found_by_each_who_was_there()
    {
        var ben = new PersonId(Guid.NewGuid());
        VisitRecord together = TestVisits.Ended(minutes: 1) with
        {
            Company = [new Visitor(VisitOutcome.Known, ben, "Ben", null, 3, "3 of 3 frames agree on Ben.")],
        };
        using SqliteVisitStore store = Open();
        store.Save(TestVisits.Ended());
        store.Save(together);

        Assert.Equal([together.Id], store.OfPeople([ben]).Select(visit => visit.Id));
        Assert.Equal(2, store.OfPeople([TestVisits.Anna, ben]).Count);
        Assert.Empty(store.OfPeople([new PersonId(Guid.NewGuid())]));
    }

    [Fact]
    public void A_time_of_another_zone_is_the_same_instant()
    {
        VisitRecord visit = TestVisits.Open() with { StartedAt = new DateTimeOffset(2026, 8, 3, 14, 0, 0, TimeSpan.FromHours(2)) };
        using SqliteVisitStore store = Open();

        store.Save(visit);

        Assert.Equal(TestVisits.Noon, store.Find(visit.Id)!.StartedAt);
    }

    [Fact]
    public void A_visit_that_goes_on_is_replaced_by_what_is_known_later()
    {
        using SqliteVisitStore store = Open();
        VisitRecord visit = TestVisits.Open();
        store.Save(visit);

        store.Save(visit with { Outcome = VisitOutcome.Known, Name = "Anna", Rings = 3 });

        VisitRecord only = Assert.Single(store.Recent(10));
        Assert.Equal((VisitOutcome.Known, "Anna", 3), (only.Outcome, only.Name, only.Rings));
    }

    [Fact]
    public void Lists_the_newest_first_and_no_more_than_asked()
    {
        using SqliteVisitStore store = Open();
        foreach (int minute in new[] { 3, 1, 5, 2, 4 }) store.Save(TestVisits.Ended(minute));

        Assert.Equal([5, 4, 3], store.Recent(3).Select(visit => (visit.StartedAt - TestVisits.Noon).Minutes));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Recent(0));
    }

    [Fact]
    public void Finds_a_visit_by_the_end_of_its_id()
    {
        using SqliteVisitStore store = Open();
        VisitRecord visit = TestVisits.Ended();
        store.Save(visit);
        store.Save(TestVisits.Ended(1));

        Assert.Equal(visit.Id, Assert.Single(store.FindEnding(visit.Id.ToString()[^8..].ToUpperInvariant())).Id);
        Assert.Equal(visit.Id, Assert.Single(store.FindEnding(visit.Id.ToString())).Id);
        Assert.Empty(store.FindEnding("%"));
        Assert.Empty(store.FindEnding(""));
        Assert.Null(store.Find(new VisitId(Guid.Empty)));
    }

    [Fact]
    public void A_visit_left_open_is_closed_on_the_next_start_as_it_was_last_heard_of()
    {
        VisitRecord undecided = TestVisits.Open(), decided = TestVisits.Open(0.5) with
        {
            Outcome = VisitOutcome.Known, Name = "Anna", Reasons = ["Sure."],
        };
        VisitRecord ended = TestVisits.Ended(-5);
        using (SqliteVisitStore killed = Open())
        {
            foreach (VisitRecord visit in new[] { undecided, decided, ended }) killed.Save(visit);
        }
        _time.Advance(TimeSpan.FromHours(8));

        using SqliteVisitStore store = Open();

        VisitRecord interrupted = store.Find(undecided.Id)!;
        Assert.Equal((VisitOutcome.Interrupted, TestVisits.Noon.AddMinutes(1)), (interrupted.Outcome, interrupted.EndedAt!.Value));
        VisitRecord stillKnown = store.Find(decided.Id)!;
        Assert.Equal((VisitOutcome.Known, "Anna", TestVisits.Noon.AddMinutes(1)),
            (stillKnown.Outcome, stillKnown.Name, stillKnown.EndedAt!.Value));
        Assert.Equal(["Sure.", "The program was stopped while this visit went on."], stillKnown.Reasons);
        Assert.Equal(ended.EndedAt, store.Find(ended.Id)!.EndedAt);
        Assert.Contains("2 visits, which are", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unanswered", 7, 1)]
    [InlineData("unanswered", 9, 2)]
    [InlineData("answered", 10, 2)]
    [InlineData("answered", 2, 2)]
    [InlineData("ended", 10, 2)]
    [InlineData("ended", 0, 2)]
    public void A_ring_that_came_into_no_visit_belongs_to_the_unanswered_one_before_it_or_is_a_visit_of_its_own(string before,
        int secondsAfter, int expected)
    {
        VisitRecord visit = before == "unanswered" ? TestVisits.Open() : TestVisits.Ended();
        if (before == "answered") visit = visit with { EndedAt = null };
        using (SqliteVisitStore killed = Open())
        {
            killed.Save(visit);
            DateTimeOffset from = before == "ended" ? visit.EndedAt!.Value : visit.StartedAt;
            killed.KeepRing(visit.Door, from.AddSeconds(secondsAfter), new PressId(1, 2));
        }

        using SqliteVisitStore store = Open();

        IReadOnlyList<VisitRecord> visits = store.Recent(9);
        Assert.Equal(expected, visits.Count);
        Assert.Equal(visit.Rings + 1, visits.Sum(kept => kept.Rings));
        Assert.Contains(visits, kept => kept.Outcome == VisitOutcome.Interrupted);
    }

    /// <summary>
    /// A doorbell that got no acknowledgement, and was not reset, tells the next program of the same press. The visitor rang once.
    /// </summary>
    [Theory]
    [InlineData("no visit", 5, 1)]
    [InlineData("unanswered", 5, 1)]
    [InlineData("another ring of an unanswered one", 5, 2)]
    [InlineData("answered", 5, 1)]
    [InlineData("no visit", 601, 2)]
    public void A_press_that_is_told_of_again_after_a_kill_counts_once(string before, int secondsAfter, int expectedRings)
    {
        VisitRecord visit = before == "answered" ? TestVisits.Ended() : TestVisits.Open();
        visit = visit with { EndedAt = null, Rings = 1 };
        var press = new PressId(7, 3);
        DateTimeOffset rang = before == "another ring of an unanswered one" ? visit.StartedAt.AddSeconds(2) : visit.StartedAt;
        using (SqliteVisitStore killed = Open())
        {
            killed.KeepRing(visit.Door, rang, press);
            if (before != "no visit") killed.Save(visit);
            if (before is "unanswered" or "answered") killed.ForgetRings(visit.Door, rang);
        }

        using SqliteVisitStore store = Open();
        DateTimeOffset again = rang.AddSeconds(secondsAfter);
        store.KeepRing(visit.Door, again, press);
        store.Save(TestVisits.Ended((again - TestVisits.Noon).TotalMinutes) with { Rings = 1 });
        store.ForgetRings(visit.Door, again);

        Assert.Equal(expectedRings, store.Recent(9).Sum(kept => kept.Rings));
        Assert.Equal(before == "answered", store.Recent(9).Count(kept => kept.Outcome == VisitOutcome.Known) == 2);
    }

    [Fact]
    public void Looking_while_the_program_runs_closes_nothing()
    {
        using SqliteVisitStore owner = Open();
        VisitRecord visit = TestVisits.Open();
        owner.Save(visit);

        using (SqliteVisitStore guest = Open(StoreAccess.Guest)) Assert.Null(guest.Find(visit.Id)!.EndedAt);

        owner.Save(visit with { EndedAt = TestVisits.Noon.AddSeconds(9), Outcome = VisitOutcome.NoFace });
        Assert.Equal(VisitOutcome.NoFace, owner.Find(visit.Id)!.Outcome);
    }

    [Fact]
    public void A_second_program_in_the_same_folder_is_refused()
    {
        using (SqliteVisitStore owner = Open())
        {
            var error = Assert.Throws<DoorbellException>(() => SqliteVisitStore.Open(Folder, StoreAccess.Owner, TimeProvider.System, _log));
            Assert.Contains(Folder, error.Message, StringComparison.Ordinal);
        }
        Open().Dispose();
    }

    [Fact]
    public void Deleting_leaves_nothing_of_a_visit_in_any_file()
    {
        const string name = "Anastasia-the-only-one";
        VisitRecord visit = TestVisits.Open();
        using SqliteVisitStore store = Open();
        store.Save(TestVisits.Ended(-1));
        store.Save(visit);
        string picture = store.Pictures.Save(visit, SmallPng.Bytes);
        for (int i = 0; i < 5; i++) store.Save(visit with { Name = name, Rings = i, PicturePath = picture });
        store.Save(
            visit with { Name = name, PicturePath = picture, EndedAt = TestVisits.Noon.AddMinutes(1), Outcome = VisitOutcome.Known });
        Assert.True(IsInSomeFile(name));
        Assert.True(IsInSomeFile(visit.Id.ToString()));

        Assert.True(store.Delete(visit.Id));

        Assert.False(IsInSomeFile(name));
        Assert.False(IsInSomeFile(visit.Id.ToString()));
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.png", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(Folder, "pictures")));
        Assert.Single(store.Recent(10));
        Assert.False(store.Delete(visit.Id));
    }

    [Fact]
    public void A_guest_deletes_while_the_program_runs()
    {
        using SqliteVisitStore owner = Open();
        VisitRecord visit = TestVisits.Ended(name: "Anastasia-the-only-one");
        owner.Save(visit);

        using (SqliteVisitStore guest = Open(StoreAccess.Guest)) Assert.True(guest.Delete(visit.Id));

        Assert.Null(owner.Find(visit.Id));
        Assert.False(IsInSomeFile("Anastasia-the-only-one"));
        owner.Save(TestVisits.Ended(2));
        Assert.Single(owner.Recent(10));
    }

    [Fact]
    public void Deletes_what_ended_before_an_instant_and_nothing_that_goes_on()
    {
        using SqliteVisitStore store = Open();
        VisitRecord old = TestVisits.Ended(-100), recent = TestVisits.Ended(-1), open = TestVisits.Open(-200);
        foreach (VisitRecord visit in new[] { old, recent, open })
        {
            store.Pictures.Save(visit, SmallPng.Bytes);
            store.Save(visit);
        }

        Assert.Equal(1, store.DeleteEndedBefore(TestVisits.Noon.AddMinutes(-50)));

        Assert.Equal([recent.Id, open.Id], store.Recent(10).Select(visit => visit.Id));
        Assert.Equal(2, Directory.EnumerateFiles(Folder, "*.png", SearchOption.AllDirectories).Count());
        Assert.Equal(0, store.DeleteEndedBefore(TestVisits.Noon.AddMinutes(-50)));
    }

    [Fact]
    public void Only_the_owner_of_the_files_may_read_them()
    {
        if (OperatingSystem.IsWindows()) return;
        using SqliteVisitStore store = Open();
        VisitRecord visit = TestVisits.Ended();
        store.Save(visit with { PicturePath = store.Pictures.Save(visit, SmallPng.Bytes) });

        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            Assert.Equal((file, read), (file, File.GetUnixFileMode(file)));
        foreach (string folder in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories).Append(Folder))
            Assert.Equal((folder, read | UnixFileMode.UserExecute), (folder, File.GetUnixFileMode(folder)));
        Assert.Contains(Directory.EnumerateFiles(Folder), file => file.EndsWith("-wal", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_others_could_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows()) return;
        Open().Dispose();
        string file = Path.Combine(Folder, VisitDatabase.FileName);
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);

        Open().Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_folder_that_others_may_look_into_is_remarked_on_and_left_as_it_is()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);

        // A running door, and its page, which opens the visits for every look.
        using SqliteVisitStore door = Open();
        Open(StoreAccess.Guest).Dispose();

        Assert.Contains("chmod 700", Assert.Single(_log.Remarks), StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void Times_sort_as_text_and_words_can_be_read_by_other_tools()
    {
        using (SqliteVisitStore store = Open()) store.Save(TestVisits.Ended(name: "Zoë"));

        using SqliteConnection other = OpenRaw();
        using var command =
            new SqliteCommand("SELECT started_at || ' ' || outcome || ' ' || name || ' ' || json_extract(reasons, '$[0]') FROM visits",
                other);
        Assert.Equal("2026-08-03T12:00:00.0000000Z Known Zoë 5 of 6 frames agree.", command.ExecuteScalar());
    }

    [Fact]
    public void One_odd_row_does_not_hide_the_others()
    {
        using SqliteVisitStore store = Open();
        store.Save(TestVisits.Ended());
        store.Save(TestVisits.Ended(1));
        using (SqliteConnection other = OpenRaw())
            SqliteFile.Execute(other, "UPDATE visits SET outcome = 'Martian' WHERE started_at LIKE '%12:00%'");

        Assert.Single(store.Recent(10));
        Assert.Contains("Martian", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => _temporary.Dispose();

    private SqliteVisitStore Open(StoreAccess access = StoreAccess.Owner) => SqliteVisitStore.Open(Folder, access, _time, _log);

    private SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, VisitDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    private bool IsInSomeFile(string words)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(words);
        return Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Any(path =>
        {
            if (path.Contains(words, StringComparison.Ordinal)) return true;
            if (path.EndsWith(".lock", StringComparison.Ordinal)) return false;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(wanted) >= 0;
        });
    }
}
