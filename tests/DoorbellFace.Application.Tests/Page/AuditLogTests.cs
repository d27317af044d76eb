using DoorbellFace.Adapters.Files;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Core.Identity;
using DoorbellFace.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Application.Tests.Page;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TestVisits.Noon);

    private string Record => _folder["data/page/audit.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_done_is_told_the_newest_first_also_by_the_next_program()
    {
        var anna = new PersonId(Guid.NewGuid());
        AuditLog log = Log();
        Assert.Empty(log.Last(10));
        log.Note(AuditAct.LoggedIn, "127.0.0.1");
        _time.Advance(TimeSpan.FromMinutes(1));
        log.Note(AuditAct.PersonDeleted, "10.0.0.7", anna);

        AuditEntry[] told = [.. Log().Last(10)];

        Assert.Equal(
            [new AuditEntry(TestVisits.Noon.AddMinutes(1), "10.0.0.7", AuditAct.PersonDeleted, anna),
                new AuditEntry(TestVisits.Noon, "127.0.0.1", AuditAct.LoggedIn)], told);
        Assert.Equal(AuditAct.PersonDeleted, Assert.Single(Log().Last(1)).Act);
        Assert.False(PrivateFiles.IsOpenToOthers(_folder["data/page"]));
    }

    [Fact]
    public void It_is_bounded_and_the_oldest_goes()
    {
        AuditLog log = Log(mostBytes: 2000);
        for (int i = 0; i < 200; i++) log.Note(AuditAct.LoginFailed, $"10.0.0.{i}");

        IReadOnlyList<AuditEntry> told = log.Last(1000);

        Assert.InRange(told.Count, 20, 60);
        Assert.Equal("10.0.0.199", told[0].Who);
        Assert.Equal(Enumerable.Range(200 - told.Count, told.Count).Reverse().Select(i => $"10.0.0.{i}"), told.Select(one => one.Who));
        Assert.InRange(Directory.EnumerateFiles(_folder["data/page"]).Sum(path => new FileInfo(path).Length), 2000, 4400);
    }

    [Fact]
    public void A_line_that_was_cut_off_takes_no_other_with_it_and_a_full_disk_stops_nobody()
    {
        AuditLog log = Log();
        log.Note(AuditAct.LoggedIn, "here");
        File.AppendAllText(Record, "{\"at\": \"2026-");
        Assert.Equal("here", Assert.Single(log.Last(10)).Who);

        File.Delete(Record);
        Directory.CreateDirectory(Record);
        log.Note(AuditAct.LoggedIn, "here");
    }

    /// <summary>A running door and commands beside it, each with a storage of its own.</summary>
    [Fact]
    public async Task Several_programs_write_at_once_and_no_line_is_lost()
    {
        const int Programs = 4, Lines = 200;
        using var together = new Barrier(Programs);
        await Task.WhenAll(Enumerable.Range(0, Programs).Select(program => Task.Factory.StartNew(() =>
        {
            AuditLog log = Log(mostBytes: 40_000);
            for (int i = 0; i < Lines; i++)
            {
                together.SignalAndWait();
                log.Note(AuditAct.SettingsChanged, $"{program}-{i}");
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(2, Directory.EnumerateFiles(_folder["data/page"]).Count());
        Assert.Equal(
            Enumerable.Range(0, Programs).SelectMany(program => Enumerable.Range(0, Lines).Select(i => $"{program}-{i}")).Order(),
            Log().Last(10_000).Select(entry => entry.Who).Order());
    }

    private AuditLog Log(int mostBytes = 100_000) => new(new FileAuditStorage(_folder["data"], mostBytes), _time);
}
