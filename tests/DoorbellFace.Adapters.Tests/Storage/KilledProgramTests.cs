using System.Diagnostics;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Adapters.Tests.Storage;

/// <summary>A real program, killed (signal 9) in the middle of a visit.</summary>
public class KilledProgramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(25)]
    public async Task No_finished_visit_is_lost_and_the_open_one_is_marked(int endedBeforeTheKill)
    {
        using var folder = new TemporaryFolder();
        var log = new RecordingLogger();
        var ended = new List<VisitId>();
        VisitId begun = new VisitId(Guid.Empty);
        using (Process child = ChildProgram.StartKeepingVisits(folder.Root))
        {
            await ReadUntilAsync(line => line.StartsWith("open", StringComparison.Ordinal) && ended.Count >= endedBeforeTheKill);
            child.Kill();
            await ReadUntilAsync(_ => false);
            await child.WaitForExitAsync();
            Assert.Equal(137, child.ExitCode);

            async Task ReadUntilAsync(Func<string, bool> isEnough)
            {
                while (await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
                {
                    if (line.StartsWith("ended ", StringComparison.Ordinal)) ended.Add(VisitId.Parse(line[6..]));
                    if (line.StartsWith("open ", StringComparison.Ordinal)) begun = VisitId.Parse(line[5..]);
                    if (isEnough(line)) return;
                }
            }
        }

        using SqliteVisitStore store = SqliteVisitStore.Open(folder.Root, StoreAccess.Owner, TimeProvider.System, log);

        IReadOnlyList<VisitRecord> kept = store.Recent(int.MaxValue);
        foreach (VisitId id in ended) Assert.Equal(("Anna", VisitOutcome.Known), (store.Find(id)!.Name, store.Find(id)!.Outcome));
        Assert.All(kept, visit => Assert.NotNull(visit.EndedAt));
        Assert.Contains(kept, visit => visit.Id == begun);
        foreach (VisitRecord interrupted in kept.Where(visit => visit.Outcome != VisitOutcome.Known))
        {
            Assert.Equal(VisitOutcome.Interrupted, interrupted.Outcome);
            Assert.Equal(kept[0].Id, interrupted.Id);
            Assert.Contains("1 visit, which is", Assert.Single(log.Warnings), StringComparison.Ordinal);
        }
        Assert.All(kept.Where(visit => visit.PicturePath is not null), visit =>
            Assert.Equal(SmallPng.Bytes, File.ReadAllBytes(store.Pictures.Find(visit)!)));
        Assert.Empty(Directory.EnumerateFiles(folder.Root, "*.unfinished", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateDirectories(folder.Root, "damaged-*"));
    }
}
